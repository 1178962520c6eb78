"""Series, films and recordings as newsroom.toml has them."""

from typing import Any

from dateline.newsroom.clips.chapters import ChaptersError, read_chapters
from dateline.wire.toml_entries import ClipCaptionsToml, ClipToml, SeriesToml
from dateline.wire.toml_values import Values


class ClipValues(Values):
    def one_series(self, table: dict[str, Any], where: str) -> SeriesToml | None:
        self.unknown(table, where, SeriesToml)
        slug, title = self.slug(table, "slug", where), self.required(table, "title", where)
        summary = self.text(table, "summary", where, 10_000)
        picture, section = self.file(table, "picture", where), self.text(table, "section", where)
        return SeriesToml(slug, title, summary, picture, section.strip("/")) if slug and title else None

    def clip(self, table: dict[str, Any], where: str) -> ClipToml | None:
        self.unknown(table, where, ClipToml)
        if not self.required(table, "file", where):
            return None
        file = self.file(table, "file", where)
        chapters = self.raw(table, "chapters", where, 10_000)
        try:
            read_chapters(chapters)
        except ChaptersError as error:
            self.wrong(f"{where}.chapters", str(error))
            chapters = ""
        captions = [self.captions(one, place) for one, place in self.tables(table, "captions", where)]
        clip = ClipToml(
            file=file,
            title=self.text(table, "title", where),
            uri=self.text(table, "uri", where),
            description=self.raw(table, "description", where, 5_000),
            credit=self.text(table, "credit", where),
            rights=self.text(table, "rights", where),
            poster=self.file(table, "poster", where),
            chapters=chapters,
            captions=tuple(one for one in captions if one),
        )
        return clip if file else None

    def captions(self, table: dict[str, Any], where: str) -> ClipCaptionsToml | None:
        self.unknown(table, where, ClipCaptionsToml)
        language, file = self.required(table, "language", where), self.file(table, "file", where)
        return ClipCaptionsToml(language, file) if language and file else None
