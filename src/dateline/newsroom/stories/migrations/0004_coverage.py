"""Cards of "In five" that an import brought become blocks that editors can change."""

from uuid import uuid4

from django.db import migrations


def cards_as_blocks(apps, schema_editor):
    for row in apps.get_model("stories", "Coverage").objects.exclude(in_five=[]).iterator():
        row.in_five = [{"type": "card", "value": card, "id": str(uuid4())} for card in row.in_five]
        row.save(update_fields=["in_five"])


def blocks_as_cards(apps, schema_editor):
    for row in apps.get_model("stories", "Coverage").objects.exclude(in_five=[]).iterator():
        row.in_five = [block["value"] for block in row.in_five]
        row.save(update_fields=["in_five"])


class Migration(migrations.Migration):
    dependencies = [("stories", "0003_charts")]
    operations = [migrations.RunPython(cards_as_blocks, blocks_as_cards)]
