"""Where sounds are: names of their files, and the lists that they are on."""

from dateline.newsroom.editions.shell import EditionNode
from dateline.newsroom.stories.models import Story

#: Folder of the media that the stand serves sounds from.
SOUNDS = "listen"

#: Stories that a podcast holds.
EPISODES = 50


def opus_name(key: str) -> str:
    return f"{SOUNDS}/{key[:2]}/{key}.opus"


def mp3_name(key: str) -> str:
    return f"{SOUNDS}/{key[:2]}/{key}.mp3"


def podcast_path(front: str) -> str:
    """The podcast of an edition or a section, from the path of its front."""
    return f"{front}podcast.xml"


def transcript_path(story_path: str) -> str:
    """The sentences of a story and when each is heard, below the story's own path."""
    return f"{story_path}listen.vtt"


def latest_path(edition: EditionNode) -> str:
    """The page that plays the newest stories one after the other."""
    return f"{edition.home}listen/"


def podcasts_of(edition: EditionNode, story: Story) -> set[str]:
    """Ingredients of the lists of sounds that a story is on: its edition's, and those of its section and above."""
    found = {f"sounds:edition:{edition.id}"}
    node = edition.section(story.section_id)
    while node:
        found.add(f"sounds:section:{node.id}")
        node = edition.section(node.parent)
    return found


__all__ = [
    "EPISODES",
    "SOUNDS",
    "latest_path",
    "mp3_name",
    "opus_name",
    "podcast_path",
    "podcasts_of",
    "transcript_path",
]
