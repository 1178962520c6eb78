"""The ledger (which sheet was made from what) and the outbox (what has changed and is not yet printed)."""

from django.db import models


class Sheet(models.Model):
    """One URL that has been printed. The row stays when the sheet is evicted, so that a sweep can find it."""

    path = models.CharField(max_length=1800, unique=True)
    shell = models.CharField(max_length=35, blank=True)
    generation = models.PositiveIntegerField(default=0)
    status = models.PositiveSmallIntegerField(default=200)
    printed = models.BooleanField(default=True)
    printed_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    rank = models.PositiveSmallIntegerField(default=5)

    class Meta:
        indexes = [
            models.Index(fields=["until"], name="sheet_until", condition=models.Q(until__isnull=False)),
            # The sweep: one shell's sheets of older generations, those readers meet first before the others.
            models.Index(fields=["shell", "rank", "generation"], name="sheet_sweep"),
        ]

    def __str__(self) -> str:
        return self.path


class SheetIngredient(models.Model):
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="ingredients", db_index=False)
    key = models.BigIntegerField()
    weak = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "key"], name="sheet_ingredient_once")]
        indexes = [models.Index(fields=["key", "weak", "sheet"], name="ingredient_sheets")]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.key}"


class Change(models.Model):
    """An entry of the outbox: written in the transaction of the change it tells of.

    `counter` is set when its evictions are done; `done_at` when everything in `print_now` has been printed.
    """

    ingredients = models.JSONField(default=list)
    #: Of these, sheets that show them only in an island go too.
    deep = models.JSONField(default=list)
    shells = models.JSONField(default=list)
    print_now = models.JSONField(default=list)
    withdrawn = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    counter = models.BigIntegerField(null=True)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    errors = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="change_open", condition=models.Q(done_at__isnull=True)),
            models.Index(fields=["counter"], name="change_counter"),
        ]

    def __str__(self) -> str:
        return f"change {self.pk}"


class Counter(models.Model):
    """One row: how many drains there have been. A print that began before a drain checks what it drained."""

    value = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.value)


class Channel(models.Model):
    """One order of events: an edition's. Its row is locked by whoever adds one, so numbers go up as changes commit."""

    name = models.CharField(max_length=80, unique=True)
    #: Tells numbers of this count from those of an earlier one, before a database was put back from a backup.
    generation = models.CharField(max_length=12)
    last = models.BigIntegerField(default=0)
    #: The last one that concerns the whole edition.
    last_shared = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.generation}.{self.last}"


class Event(models.Model):
    """Something open pages are told of, written in the transaction of the change it tells of."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="events", db_index=False)
    number = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=40, blank=True)
    topic = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()
    data = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "number"], name="event_once")]

    def __str__(self) -> str:
        return f"{self.channel_id}: {self.number} {self.kind}"
