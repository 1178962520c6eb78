"""The desk's form of editions, sections and footer pages."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from dateline.newsroom.editions.actions import AddressTaken, claim


class TreePageForm(WagtailAdminPageForm):
    def clean(self) -> dict[str, Any]:
        """A slug whose address is, or once was, another page's is refused here, where it can be mended."""
        values: dict[str, Any] = super().clean()
        slug = values.get("slug")
        if slug and self.parent_page is not None:
            try:
                claim(self.parent_page, slug, self.instance.pk)
            except AddressTaken as taken:
                self.add_error("slug", str(taken))
        return values
