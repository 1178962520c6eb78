"""The full-text index of the entries, kept by the database itself."""

from django.db import migrations

# SQLite: the index holds no text of its own, the entries do; triggers keep the two together.
COLUMNS = "title, names, lead, body, marks"
NEW, OLD = (", ".join(f"{row}.{name}" for name in COLUMNS.split(", ")) for row in ("new", "old"))
SQLITE = [
    f"""CREATE VIRTUAL TABLE find_fts USING fts5({COLUMNS}, content='find_entry', content_rowid='id',
        tokenize='unicode61 remove_diacritics 0')""",
    """CREATE VIRTUAL TABLE find_typing USING fts5(typed, content='find_entry', content_rowid='id', detail='none',
        prefix='1 2 3', tokenize='unicode61 remove_diacritics 0')""",
    f"""CREATE TRIGGER find_entry_in AFTER INSERT ON find_entry BEGIN
        INSERT INTO find_fts(rowid, {COLUMNS}) VALUES (new.id, {NEW});
        INSERT INTO find_typing(rowid, typed) VALUES (new.id, new.typed);
        END""",
    f"""CREATE TRIGGER find_entry_out AFTER DELETE ON find_entry BEGIN
        INSERT INTO find_fts(find_fts, rowid, {COLUMNS}) VALUES ('delete', old.id, {OLD});
        INSERT INTO find_typing(find_typing, rowid, typed) VALUES ('delete', old.id, old.typed);
        END""",
    f"""CREATE TRIGGER find_entry_changed AFTER UPDATE ON find_entry BEGIN
        INSERT INTO find_fts(find_fts, rowid, {COLUMNS}) VALUES ('delete', old.id, {OLD});
        INSERT INTO find_fts(rowid, {COLUMNS}) VALUES (new.id, {NEW});
        INSERT INTO find_typing(find_typing, rowid, typed) VALUES ('delete', old.id, old.typed);
        INSERT INTO find_typing(rowid, typed) VALUES (new.id, new.typed);
        END""",
]
# PostgreSQL: weights A to C tell the columns apart; what an entry is filed under has none, and odd names.
POSTGRES = [
    """ALTER TABLE find_entry ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, title), 'A')
        || setweight(to_tsvector('simple'::regconfig, names), 'B')
        || setweight(to_tsvector('simple'::regconfig, lead), 'C')
        || to_tsvector('simple'::regconfig, body) || to_tsvector('simple'::regconfig, marks)) STORED""",
    """ALTER TABLE find_entry ADD COLUMN typing tsvector GENERATED ALWAYS AS (
        to_tsvector('simple'::regconfig, typed)) STORED""",
    "CREATE INDEX find_entry_vector ON find_entry USING gin (vector) WITH (fastupdate = off)",
    "CREATE INDEX find_entry_typing ON find_entry USING gin (typing) WITH (fastupdate = off)",
]


def forwards(apps, schema_editor):
    statements = {"sqlite": SQLITE, "postgresql": POSTGRES}.get(schema_editor.connection.vendor, [])
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("find", "0001_initial")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
