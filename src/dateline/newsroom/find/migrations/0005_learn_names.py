"""The names of a newsroom that had topics, authors and coverages before they were kept."""

from django.db import migrations

from dateline.newsroom.find.words import plain, words_of

# As `names.forms_of` has it, from which later versions may depart.
WORDS, KEPT = 10, 160


def forms_of(name, language):
    words = list(words_of(name, language))[:WORDS]
    if words:
        yield plain(name, language)[:KEPT], " ".join(word.stem for word in words)[:KEPT]
    for first in range(1, len(words)):
        yield " ".join(word.plain for word in words[first:])[:KEPT], ""


def forwards(apps, schema_editor):
    Name = apps.get_model("find", "Name")
    for model, kind, field in (("Topic", "topic", "name"), ("Person", "person", "name"), ("Coverage", "coverage", "title")):
        terms = apps.get_model("stories", model).objects.values_list(
            "pk", "edition_id", "edition__locale__language_code", field
        )
        rows = (
            Name(edition_id=edition, kind=kind, term=pk, plain=words, key=key)
            for pk, edition, language, name in terms.iterator(chunk_size=500)
            for words, key in sorted(set(forms_of(name, language)))
        )
        Name.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("find", "0004_names"), ("stories", "0006_topics_told")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
