"""What is done with a picture while nobody waits."""

from django_tasks import task

from dateline.newsroom.pictures.credentials.keeping import sign_renditions
from dateline.newsroom.pictures.models import Picture
from dateline.newsroom.pictures.pages import make_renditions


@task()
def draw_renditions(pk: int) -> None:
    """Make the renditions of an uploaded picture, unless it is deleted or a page has made them already, and sign them
    if this newsroom does."""
    picture = Picture.objects.filter(pk=pk).first()
    if picture is not None:
        make_renditions(picture)
        sign_renditions(picture)
