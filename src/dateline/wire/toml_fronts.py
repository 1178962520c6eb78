"""Reading what newsroom.toml says of curated fronts and of the row under the masthead."""

from typing import Any

from dateline.newsroom.trackers.cards import MOST_IN_ROW
from dateline.wire.fields import kind_of
from dateline.wire.items import FORMS
from dateline.wire.toml_entries import BarToml, FrontBlockToml, FrontToml
from dateline.wire.toml_values import Values, is_web_address

LOOKS = ("strip", "opinions", "screening", "light_table")

#: What a block of a front may say beside its kind, and what it has to.
_BLOCKS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "lead": (frozenset({"stories"}), frozenset()),
    "river": (frozenset({"title"}), frozenset()),
    "strip": (frozenset({"title", "section", "led", "stories"}), frozenset({"section"})),
    "form": (frozenset({"title", "form", "look", "stories"}), frozenset({"form"})),
    "dossier": (frozenset({"coverage"}), frozenset({"coverage"})),
    "trackers": (frozenset({"title", "trackers"}), frozenset({"trackers"})),
}


class FrontValues(Values):
    def navigation(self, table: dict[str, Any], where: str) -> tuple[BarToml, ...]:
        found = (self.bar(entry, place) for entry, place in self.tables(table, "navigation", where))
        return tuple(entry for entry in found if entry)

    def bar(self, table: dict[str, Any], where: str) -> BarToml | None:
        self.unknown(table, where, BarToml)
        entry = BarToml(
            section=self.text(table, "section", where).strip("/"),
            page=self.text(table, "page", where),
            region=self.text(table, "region", where),
            name=self.text(table, "name", where),
            url=self.text(table, "url", where),
            rule=self.truth(table, "rule", where),
        )
        if entry.url and not is_web_address(entry.url):
            self.wrong(f"{where}.url", f"{entry.url!r} is no address; write one that begins with https://")
            return None
        kinds = [bool(entry.section), bool(entry.page), bool(entry.region), bool(entry.name and entry.url), entry.rule]
        if sum(kinds) != 1 or bool(entry.name) != bool(entry.url):
            self.wrong(where, "is not one of: a section, a page, a region, a name with its url, a rule")
            return None
        return entry

    def front(self, table: dict[str, Any], where: str) -> FrontToml:
        self.unknown(table, where, FrontToml)
        page = self.text(table, "page", where).strip("/")
        found = (self.front_block(entry, place) for entry, place in self.tables(table, "blocks", where))
        return FrontToml(page, tuple(block for block in found if block))

    def front_block(self, table: dict[str, Any], where: str) -> FrontBlockToml | None:
        self.unknown(table, where, FrontBlockToml)
        kind = self.choice(table, "block", where, tuple(_BLOCKS), "")
        if not kind:
            if not table.get("block"):
                self.wrong(f"{where}.block", "is missing")
            return None
        may, must = _BLOCKS[kind]
        for name in sorted(table.keys() & set(FrontBlockToml.__dataclass_fields__) - may - {"block"}):
            self.wrong(f"{where}.{name}", f"does not belong to a {kind}; it is left out")
        said = {name: table[name] for name in table.keys() & may}
        block = FrontBlockToml(
            kind,
            title=self.text(said, "title", where),
            section=self.text(said, "section", where).strip("/"),
            form=self.choice(said, "form", where, FORMS, ""),
            look=self.choice(said, "look", where, LOOKS, "strip") if kind == "form" else "",
            coverage=self.text(said, "coverage", where),
            led=self.truth(said, "led", where),
            stories=self.texts(said, "stories", where),
            trackers=self.texts(said, "trackers", where)[:MOST_IN_ROW],
        )
        for name in sorted(must):
            if not getattr(block, name):
                if not said.get(name):
                    self.wrong(f"{where}.{name}", "is missing")
                return None
        return block

    def truth(self, table: dict[str, Any], name: str, where: str) -> bool:
        value = table.get(name, False)
        if not isinstance(value, bool):
            self.wrong(f"{where}.{name}", f"is {kind_of(value)}; write true or false")
            return False
        return value

    def texts(self, table: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
        value = table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.wrong(f"{where}.{name}", "is not a list of texts")
            return ()
        return tuple(dict.fromkeys(one.strip() for one in value if one.strip()))
