"""The picture's form at the desk: it says what is wrong with a file, and has the renditions made."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.fields import FileField
from django.utils.translation import gettext as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from dateline.newsroom.pictures.actions import fill_from_file, keep_credentials
from dateline.newsroom.pictures.credentials.keeping import forget_signed
from dateline.newsroom.pictures.credentials.reading import read_credentials
from dateline.newsroom.pictures.inspection import MOST_PIXELS, NotAPicture, inspect_picture
from dateline.newsroom.pictures.metadata import PictureFacts, read_metadata
from dateline.newsroom.pictures.tasks import draw_renditions

_CROP = {"focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"}


class PictureField(WagtailImageField):
    """A file that is read once, whole, before it is taken: a broken one would stop every page that shows it."""

    def to_python(self, data: Any) -> Any:
        file = FileField.to_python(self, data)
        if file is None:
            return None
        self.check_image_file_size(file)
        try:
            inspect_picture(data)
        except NotAPicture as problem:
            raise ValidationError(_said(problem), code=problem.kind) from problem
        return super().to_python(data)


def _said(problem: NotAPicture) -> str:
    match problem.kind:
        case "svg":
            return _("SVG is not taken as a picture. Give a JPEG, PNG, WebP, AVIF or GIF.")
        case "unknown":
            return _("This file is not a picture that can be read. Give a JPEG, PNG, WebP, AVIF or GIF.")
        case "pixels":
            most = MOST_PIXELS // 1_000_000
            return _("This picture has more than %(most)s megapixels. Make it smaller first.") % {"most": most}
    return _("This picture is cut off or broken. Export it again from where it comes from.")


class PictureForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("file")
        if field is not None:
            self.fields["file"] = PictureField(
                label=field.label, required=field.required, widget=field.widget, initial=field.initial
            )

    def save(self, commit: bool = True) -> Any:
        """Save in one transaction with what follows: old renditions go when pages are told, and new ones are drawn."""
        known = not self.instance._state.adding
        if "file" in self.changed_data:
            fill_from_file(self.instance, self._facts())
            keep_credentials(self.instance, read_credentials(self.cleaned_data["file"]))
        with transaction.atomic():
            if commit and known and "withhold_credentials" in self.changed_data:
                forget_signed(self.instance)
            picture = super().save(commit=commit)
            if commit and known and ({"file", "withhold_credentials", *_CROP} & set(self.changed_data)):
                draw_renditions.enqueue(picture.pk)
        return picture

    def _facts(self) -> PictureFacts:
        """What the uploaded file says of itself; the file is left at its beginning."""
        file = self.cleaned_data["file"]
        file.seek(0)
        facts = read_metadata(file)
        file.seek(0)
        return facts
