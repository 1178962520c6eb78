"""Names of groups of translations, in stories and in newsroom.toml, as the keys that pages share."""

from uuid import UUID, uuid5

#: The groups of every wire live in one name space.
_GROUPS = UUID("6f1c2f0e-5a9b-4f5e-9a53-0d5b6a6f3c11")


def group_key(name: str, *, of: str = "") -> UUID:
    """The key of a group of stories, or of something else: a section and a story never share one.

    A key written out is itself, so that what an export calls a group is the same group again.
    """
    try:
        return UUID(name)
    except ValueError:
        return uuid5(_GROUPS, f"{of}:{name}" if of else name)


def group_name(key: UUID, told: str) -> str:
    """What to call the group in an export: as an import told it, as long as that still is the group."""
    return told if told and group_key(told) == key else str(key)
