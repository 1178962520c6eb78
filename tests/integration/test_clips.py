"""Films and recordings: prepared into what plays everywhere, shown by the stories that have them, gone with them."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from dateline.newsroom.clips.actions import CuttingRoom, look_at, prepare_again
from dateline.newsroom.clips.film import ClipError, Facts, probe
from dateline.newsroom.clips.models import FAILED, READY, WAITING, Captions, Clip
from dateline.newsroom.clips.paths import MAKING, PUBLIC, WITHHELD, folder
from dateline.newsroom.pictures.models import Picture
from dateline.newsroom.stories.actions import withdraw_story
from dateline.newsroom.stories.models import Series, Story
from tests.factories import TestNewsroom, edit
from tests.films import ffmpeg, film, recording
from tests.integration.desk import editor
from tests.integration.test_freshness import path_of
from tests.integration.test_listen import sheet

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room() -> Iterator[CuttingRoom]:
    made = CuttingRoom()
    yield made
    made.close()


def clip_of(file: Path, *, facts: Facts | None = None, title: str = "The ferry", **values: Any) -> Clip:
    """A clip as the desk saves one."""
    clip = Clip(title=title, **values)
    look_at(clip, facts or probe(file))
    clip.file.save(file.name, ContentFile(file.read_bytes()), save=False)
    clip.save()
    return clip


def prepared(room: CuttingRoom, file: Path, **values: Any) -> Clip:
    clip = clip_of(file, **values)
    assert room.prepare_next()
    clip.refresh_from_db()
    assert clip.state == READY, clip.problem
    return clip


def shown(file: Path) -> dict[str, Any]:
    command = ["ffprobe", "-v", "error", "-show_streams", "-show_format", "-of", "json", str(file)]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def loudness(file: Path) -> tuple[float, float]:
    command = ["ffmpeg", "-hide_banner", "-i", str(file), "-map", "0:a", "-af", "ebur128=peak=sample:framelog=verbose"]
    said = subprocess.run([*command, "-f", "null", "-"], capture_output=True, check=True, text=True).stderr
    return float(re.findall(r"I:\s+(-?[\d.]+) LUFS", said)[-1]), float(re.findall(r"Peak:\s+(-?[\d.]+) dBFS", said)[-1])


def test_a_film_becomes_a_ladder_one_plain_file_and_a_poster(newsroom: TestNewsroom, room: CuttingRoom) -> None:
    clip = prepared(room, film(width=1280, height=720))
    made = folder(PUBLIC, clip.key)
    assert [rung["name"] for rung in clip.rungs] == [240, 360, 480, 720]
    for rung in clip.rungs:
        found = shown(made / f"{rung['name']}.m4s")
        video = next(one for one in found["streams"] if one["codec_type"] == "video")
        assert (video["width"], video["height"]) == (rung["width"], rung["height"])
        assert video["height"] == rung["name"]
        assert (video["codec_name"], video["pix_fmt"]) == ("h264", "yuv420p")
        assert abs(float(found["format"]["duration"]) - 3) < 0.2
        # A player that is told less than it gets stalls.
        assert rung["bandwidth"] >= rung["average"]
        size = (made / f"{rung['name']}.m4s").stat().st_size
        assert rung["average"] == pytest.approx(8 * size / 3, rel=0.1)
    plain = shown(made / "film.mp4")
    assert {one["codec_name"] for one in plain["streams"]} == {"h264", "aac"}
    # It begins to play before it has come whole.
    head = (made / "film.mp4").read_bytes()
    assert head.index(b"moov") < head.index(b"mdat")
    assert (clip.milliseconds, clip.kind) == (pytest.approx(3000, abs=150), "video")
    assert clip.plain_size == len(head)
    assert clip.poster is not None
    assert (clip.poster.width, clip.poster.height) == (1280, 720)
    master = (made / "film.m3u8").read_text()
    assert master.count("#EXT-X-STREAM-INF") == 4
    assert 'RESOLUTION=854x480,CODECS="avc1.64001e,mp4a.40.2"' in master
    assert not folder(MAKING, "").exists() or not list(folder(MAKING, "").rglob("*.m4s"))
    assert not (made / "ffmpeg.log").exists()


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"width": 426, "height": 240}, [(426, 240)]),
        ({"width": 300, "height": 200}, [(300, 200)]),
        ({"width": 360, "height": 640}, [(240, 426), (360, 640)]),
        ({"width": 640, "height": 360, "rotate": 90}, [(240, 426), (360, 640)]),
        ({"width": 640, "height": 360, "sound": False}, [(426, 240), (640, 360)]),
    ],
)
def test_no_rung_is_larger_than_the_film(
    newsroom: TestNewsroom, room: CuttingRoom, values: dict[str, Any], names: list[tuple[int, int]]
) -> None:
    clip = prepared(room, film(seconds=2, **values))
    assert [(rung["width"], rung["height"]) for rung in clip.rungs] == names
    largest = shown(folder(PUBLIC, clip.key) / f"{clip.rungs[-1]['name']}.m4s")["streams"]
    video = next(one for one in largest if one["codec_type"] == "video")
    assert (video["width"], video["height"]) == names[-1]


def test_a_recording_becomes_opus_and_mp3_at_one_loudness(newsroom: TestNewsroom, room: CuttingRoom) -> None:
    for quiet in ("sine=frequency=330", "aevalsrc=0.02*sin(2*PI*330*t)"):
        clip = prepared(room, recording(seconds=4, source=quiet))
        assert (clip.kind, clip.rungs, clip.poster) == ("audio", [], None)
        for name in ("sound.opus", "sound.mp3"):
            loud, peak = loudness(folder(PUBLIC, clip.key) / name)
            assert loud == pytest.approx(-16, abs=1)
            assert peak < -1


def test_a_films_sound_is_made_as_loud_as_the_others(newsroom: TestNewsroom, room: CuttingRoom) -> None:
    clip = prepared(room, film(seconds=4))
    loud, peak = loudness(folder(PUBLIC, clip.key) / "film.mp4")
    assert loud == pytest.approx(-16, abs=1)
    assert peak < -1


def test_a_story_shows_its_film_as_soon_as_it_is_ready(newsroom: TestNewsroom, room: CuttingRoom) -> None:
    clip = clip_of(film(), description="A ferry leaves a harbour.", chapters="0:00 The quay\n0:01 The sea")
    Captions.objects.create(clip=clip, language="en", cues=[[0, 1500, "It leaves."], [1500, 2500, "It is <gone>."]])
    story = newsroom.story(title="The ferry", form="video", clip=clip, urgency=1)
    path = path_of(story)
    assert "dateline-clip" not in sheet(path)
    assert room.prepare_next()
    page = newsroom.store.read(path)
    assert page is not None
    clip.refresh_from_db()
    text = sheet(path)
    assert f'data-stream="/media/clips/{clip.key}/film.m3u8"' in text
    assert f'<source src="/media/clips/{clip.key}/film.mp4" type="video/mp4">' in text
    assert f'<track kind="captions" src="{path}captions-en.vtt" srclang="en" label="English" default>' in text
    assert "It leaves. It is &lt;gone&gt;." in text
    assert 'data-at="1"' in text
    assert "0:03" in sheet("/en/news/politics/")
    said = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])["video"]  # type: ignore[index]
    assert (said["@type"], said["duration"]) == ("VideoObject", "PT3S")
    assert said["description"] == "A ferry leaves a harbour."
    assert said["thumbnailUrl"][0].endswith(".jpg") or "jpeg" in said["thumbnailUrl"][0]
    assert [part["name"] for part in said["hasPart"]] == ["The quay", "The sea"]
    captions = sheet(f"{path}captions-en.vtt")
    assert captions.startswith("WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nIt leaves.\n")
    assert "&lt;gone&gt;" in captions
    assert sheet(f"{path}captions-ar.vtt") == ""
    sitemap = sheet("/en/sitemap-1.xml")
    assert f"<video:content_loc>{settings.BASE_URL}/media/clips/{clip.key}/film.mp4</video:content_loc>" in sitemap
    story.refresh_from_db()
    assert story.lead_picture_id == clip.poster_id
    assert story.updated is None


def test_a_withdrawn_storys_film_can_be_fetched_by_nobody(newsroom: TestNewsroom, room: CuttingRoom) -> None:
    clip = prepared(room, film())
    first, second = (newsroom.story(title=title, form="video", clip=clip) for title in ("One", "Two"))
    sheet(path_of(second))
    withdraw_story(first, by=None, reason="Wrong film")
    assert (folder(PUBLIC, clip.key) / "film.mp4").exists()
    withdraw_story(second, by=None, reason="Wrong film")
    assert not folder(PUBLIC, clip.key).exists()
    assert (folder(WITHHELD, clip.key) / "film.mp4").exists()
    story = Story.objects.get(pk=second.pk)
    story.save_revision().publish()
    assert (folder(PUBLIC, clip.key) / "film.mp4").exists()
    assert "dateline-clip" in sheet(path_of(story))


def test_another_film_takes_the_first_from_readers(newsroom: TestNewsroom, room: CuttingRoom) -> None:
    first, second = prepared(room, film()), prepared(room, film(seconds=2))
    story = newsroom.story(form="video", clip=first)
    assert first.key in sheet(path_of(story))
    edit(story, clip=second)
    assert second.key in sheet(path_of(story))
    assert folder(WITHHELD, first.key).exists()
    assert not folder(PUBLIC, first.key).exists()


def test_a_deleted_film_leaves_its_pages_and_the_disk(newsroom: TestNewsroom, room: CuttingRoom) -> None:
    clip = prepared(room, film())
    story = newsroom.story(form="video", clip=clip)
    assert clip.key in sheet(path_of(story))
    upload = Path(clip.file.path)
    clip.delete()
    assert "dateline-clip" not in sheet(path_of(story))
    assert not folder(PUBLIC, clip.key).exists()
    assert not upload.exists()


def test_a_crash_between_row_and_files_is_mended_at_the_next_start(newsroom: TestNewsroom, room: CuttingRoom) -> None:
    clip = prepared(room, film())
    Clip.objects.filter(pk=clip.pk).update(withheld=True)
    room.take_back()
    assert not folder(PUBLIC, clip.key).exists()
    Clip.objects.filter(pk=clip.pk).update(withheld=False)
    room.take_back()
    assert folder(PUBLIC, clip.key).exists()


def test_a_film_prepared_anew_replaces_what_there_was(newsroom: TestNewsroom, room: CuttingRoom) -> None:
    clip = prepared(room, film())
    story = newsroom.story(form="video", clip=clip)
    prepare_again(clip)
    assert clip.key in sheet(path_of(story))
    assert room.prepare_next()
    fresh = Clip.objects.get(pk=clip.pk)
    assert fresh.key != clip.key
    assert fresh.key in sheet(path_of(story))
    assert not folder(PUBLIC, clip.key).exists()
    assert fresh.poster_id == clip.poster_id
    assert Picture.objects.count() == 1


def test_what_is_given_up_waits_for_the_next_start(newsroom: TestNewsroom) -> None:
    clip = clip_of(film(width=1280, height=720, seconds=20))
    room = CuttingRoom()
    told = []

    def stop(percent: int) -> None:
        told.append(percent)
        room.close()

    import dateline.newsroom.clips.actions as actions

    class Told:
        def __init__(self, _clip: Clip) -> None:
            pass

        __call__ = staticmethod(stop)

    before, actions._Told = actions._Told, Told  # type: ignore[assignment,misc]
    try:
        assert not room.prepare_next()
    finally:
        actions._Told = before  # type: ignore[misc]
    assert told
    clip.refresh_from_db()
    assert (clip.state, clip.problem) == (WAITING, "")
    again = CuttingRoom()
    again.take_back()
    clip.refresh_from_db()
    assert (clip.tries, clip.held_until) == (0, None)
    assert not folder(MAKING, "").exists() or not list(folder(MAKING, "").rglob("*.m4s"))


# ── Bad input ──


def test_a_truncated_film_is_refused_with_a_reason(newsroom: TestNewsroom, room: CuttingRoom, tmp_path: Path) -> None:
    whole = film(seconds=10).read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ClipError, match="cut off"):
        probe(cut)
    # With its index at the front it says how long it was, and only its preparation finds that the rest is missing.
    fast = tmp_path / "fast.mp4"
    ffmpeg("-i", film(seconds=10), "-c", "copy", "-movflags", "+faststart", fast)
    cut.write_bytes(fast.read_bytes()[: fast.stat().st_size // 2])
    clip = clip_of(cut, facts=probe(cut))
    assert room.prepare_next()
    clip.refresh_from_db()
    assert clip.state == FAILED
    assert "cut off" in clip.problem
    # The next one is none the worse for it.
    prepared(room, film())


def test_what_is_no_film_is_refused_with_a_reason(tmp_path: Path) -> None:
    file = tmp_path / "film.mp4"
    for content, words in (
        (b"Dear editor,\nhere is the film.\n", "text file"),
        (b"", "empty"),
        (bytes(range(256)) * 40, "no film or recording"),
        (b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n", "text file"),
        (b"ffconcat version 1.0\nfile '/etc/hostname'\n", "text file"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "text file"),
    ):
        file.write_bytes(content)
        with pytest.raises(ClipError, match=words):
            probe(file)
    picture = tmp_path / "picture.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=red:size=64x64", "-frames:v", 1, "-f", "image2", "-c:v", "png", picture)
    with pytest.raises(ClipError, match="no film or recording"):
        probe(picture)


def test_a_film_of_many_hours_is_refused_at_once(tmp_path: Path) -> None:
    silence = tmp_path / "night.mp3"
    ffmpeg("-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", 36_000, "-b:a", "8k", silence)
    with pytest.raises(ClipError, match=r"10\.0 hours"):
        probe(silence)


def test_a_silent_recording_is_refused_and_a_silent_film_is_not(newsroom: TestNewsroom, room: CuttingRoom) -> None:
    clip = clip_of(recording(source="anullsrc=r=8000:cl=mono"))
    assert room.prepare_next()
    clip.refresh_from_db()
    assert (clip.state, clip.problem) == (FAILED, "Nothing can be heard in this recording.")
    prepared(room, film(sound=False))


def test_a_full_disk_or_a_lost_file_is_said_and_the_room_goes_on(newsroom: TestNewsroom, room: CuttingRoom) -> None:
    clip = clip_of(film())
    Path(clip.file.path).unlink()
    assert room.prepare_next()
    clip.refresh_from_db()
    assert clip.state == FAILED
    assert clip.problem
    assert not room.prepare_next()


def test_the_overview_names_what_is_prepared_and_what_failed(newsroom: TestNewsroom, room: CuttingRoom) -> None:
    chief = editor("chief")
    lost, waiting = clip_of(film(), title="The lost one"), clip_of(film(), title="The next one")
    Path(lost.file.path).unlink()
    assert room.prepare_next()
    page = chief.get(reverse("wagtailadmin_home")).content.decode()
    assert "The lost one" in page
    assert "is not there any more" in page
    assert "The next one" in page
    assert "Waits to be prepared" in page
    edit_page = chief.get(f"/desk/snippets/clips/clip/edit/{lost.pk}/").content.decode()
    assert "is not there any more" in edit_page
    assert "Try again" in edit_page
    assert room.prepare_next()
    waiting.refresh_from_db()
    lost.refresh_from_db()
    lost.file.save("again.mp4", ContentFile(film().read_bytes()))
    assert chief.post(f"/desk/clips/{lost.pk}/again/").status_code == 302
    assert room.prepare_next()
    assert "The lost one" not in chief.get(reverse("wagtailadmin_home")).content.decode()


def test_pieces_of_an_upload_are_whole_in_order_and_the_editor_s_own(newsroom: TestNewsroom) -> None:
    chief, other, reader = editor("chief", "ana"), editor("chief", "omar"), editor("translator", "noor")
    whole = film().read_bytes()

    def send(client: Client, body: bytes = b"", **query: object) -> tuple[int, dict[str, Any]]:
        address = f"/desk/clips/upload/?{urlencode(query)}"
        done = client.post(address, body, content_type="application/octet-stream")
        return done.status_code, done.json() if done["content-type"] == "application/json" else {}

    status, begun = send(chief, name="../../evil/ferry.mp4", size=len(whole))
    assert status == 200
    token = begun["token"]
    assert send(other, whole[:100], token=token, offset=0)[0] == 400
    assert send(chief, whole[:1000], token=token, offset=0) == (200, {"received": 1000})
    # The answer was lost and the piece is sent again: it is told how far it is.
    assert send(chief, whole[:1000], token=token, offset=0)[1]["received"] == 1000
    assert send(chief, whole[1000:] + b"more", token=token, offset=1000)[0] == 409
    assert send(chief, whole[1000:], token=token, offset=1000) == (200, {"received": len(whole)})
    assert send(chief, name="large.mp4", size=10**13)[0] == 400
    assert send(chief, name="none.mp4", size=0)[0] == 400
    assert send(chief, name="none.mp4", size="many")[0] == 400
    assert send(chief, b"x" * (9 * 2**20), token=token, offset=0)[0] == 413
    assert send(reader, name="ferry.mp4", size=10)[0] in (302, 403)
    form = {"title": "Ferry", "file-upload": token, "poster": "", "description": "", "credit": "", "rights": ""}
    form |= {"chapters": "", "captions-TOTAL_FORMS": 0, "captions-INITIAL_FORMS": 0, "captions-MIN_NUM_FORMS": 0}
    stolen = other.post("/desk/snippets/clips/clip/add/", form | {"captions-MAX_NUM_FORMS": 1000})
    assert "not known any more" in stolen.content.decode()
    done = chief.post("/desk/snippets/clips/clip/add/", form | {"captions-MAX_NUM_FORMS": 1000})
    assert done.status_code == 302
    clip = Clip.objects.get()
    assert Path(clip.file.path).read_bytes() == whole
    assert Path(clip.file.path).parent == Path(settings.MEDIA_ROOT) / "uploads" / "clips"
    assert "ferry" in clip.file.name
    assert not list((Path(settings.MEDIA_ROOT) / "uploads" / "parts").iterdir())


# ── Series ──


def test_a_series_leads_from_episode_to_episode(newsroom: TestNewsroom) -> None:
    edition = newsroom.editions["en"]
    series = Series.objects.create(edition=edition, slug="kitchen", title="Kitchen hours", summary="How we cook.")
    parts = [newsroom.story(title=f"Part {n}", series=series, episode=n) for n in (1, 2, 4)]
    front = sheet("/en/series/kitchen/")
    assert "Kitchen hours" in front
    assert front.index("Part 4") < front.index("Part 2") < front.index("Part 1")
    assert "Episode 4" in front
    second = sheet(path_of(parts[1]))
    assert "Kitchen hours" in second
    assert f'rel="next" href="{path_of(parts[2])}"' in second
    assert f'rel="prev" href="{path_of(parts[0])}"' in second
    third = newsroom.story(title="Part 3", series=series, episode=3)
    second = sheet(path_of(parts[1]))
    assert f'rel="next" href="{path_of(third)}"' in second
    assert f'rel="prev" href="{path_of(third)}"' in sheet(path_of(parts[2]))
    withdraw_story(third, by=None, reason="Burnt")
    assert f'rel="next" href="{path_of(parts[2])}"' in sheet(path_of(parts[1]))
    assert "Part 3" not in sheet("/en/series/kitchen/")
