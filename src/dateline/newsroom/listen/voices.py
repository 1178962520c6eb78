"""The voices of this machine, and which of them reads a language."""

import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice.

    Attributes:
        id: what recordings and editions know it by, such as `espeak/es-419`.
        label: what readers are told, such as "eSpeak NG".
        engine: module of `dateline.newsroom.listen.engines` that speaks it.
        name: what the engine knows it by.
        languages: language codes without region that it reads.
        version: of engine and model; another one is another sound.
    """

    id: str
    label: str
    engine: str
    name: str
    languages: tuple[str, ...]
    version: str


#: eSpeak NG's own names of voices for languages that newsrooms write in.
_ESPEAK = {
    "ar": "ar",
    "bg": "bg",
    "bn": "bn",
    "ca": "ca",
    "cs": "cs",
    "cy": "cy",
    "da": "da",
    "de": "de",
    "el": "el",
    "en": "en-gb",
    "es": "es-419",
    "et": "et",
    "eu": "eu",
    "fa": "fa",
    "fi": "fi",
    "fr": "fr",
    "ga": "ga",
    "gu": "gu",
    "hi": "hi",
    "hr": "hr",
    "hu": "hu",
    "id": "id",
    "is": "is",
    "it": "it",
    "ka": "ka",
    "kn": "kn",
    "ko": "ko",
    "lt": "lt",
    "lv": "lv",
    "mk": "mk",
    "ml": "ml",
    "mr": "mr",
    "ms": "ms",
    "nl": "nl",
    "pa": "pa",
    "pl": "pl",
    "pt": "pt-br",
    "ro": "ro",
    "ru": "ru",
    "sk": "sk",
    "sl": "sl",
    "sq": "sq",
    "sr": "sr",
    "sv": "sv",
    "sw": "sw",
    "ta": "ta",
    "te": "te",
    "tr": "tr",
    "uk": "uk",
    "ur": "ur",
    "vi": "vi",
}


def voices() -> list[Voice]:
    """Every voice of this machine: those an operator has added first, then the packages'."""
    return [*_added(), *_packaged()]


def find_voice(language: str, chosen: str = "") -> Voice | None:
    """The voice that reads a language: the chosen one, else the best there is; None if nothing here can."""
    base = language.lower().split("-")[0]
    able = [voice for voice in voices() if base in voice.languages]
    return next((voice for voice in able if voice.id == chosen), able[0] if able else None)


@cache
def _packaged() -> tuple[Voice, ...]:
    found = []
    if _has("hibari"):
        found.append(Voice("hibari/heart", "hibari", "hibari", "heart", ("en",), _version("hibari-tts")))
    has_espeak = _has("espeakng_loader") or shutil.which("espeak-ng")
    if has_espeak:
        version = _version("espeakng-loader") or "system"
        for code, name in _ESPEAK.items():
            # Without its vowels Arabic cannot be read: they come from a model that Piper ships.
            if code == "ar" and not _has("piper"):
                continue
            marks = f"{version}+{_version('piper-tts')}" if code == "ar" else version
            found.append(Voice(f"espeak/{name}", "eSpeak NG", "espeak", name, (code,), marks))
    return tuple(found)


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _version(distribution: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""


def voices_folder() -> Path:
    """Where the operator's voices are: a Piper model and its description for each."""
    return Path(settings.HOME) / "voices"


def _added() -> Iterator[Voice]:
    if not _has("piper"):
        return
    for model in sorted(voices_folder().glob("*.onnx")):
        try:
            described = json.loads(model.with_name(model.name + ".json").read_text("utf-8"))
            code = str(described["language"]["code"])
        except (OSError, ValueError, KeyError, TypeError):
            continue  # half a voice; `dateline voices` says so
        size = model.stat().st_size
        yield Voice(
            f"piper/{model.stem}",
            f"Piper, {model.stem}",
            "piper",
            str(model),
            (code.split("_")[0],),
            f"{_version('piper-tts')}.{size}",
        )


# ── Adding voices ──

#: How Piper names the voices that it publishes.
_NAME = re.compile(r"([a-z]{2,3})_([A-Z]{2})-([a-z0-9_]+)-(x_low|low|medium|high)")


class VoiceError(Exception):
    """A voice that cannot be added; the message is for the operator."""


def add_voice(given: str, *, say: Callable[[str], None]) -> Voice:
    """Take a Piper voice in from its file, or by name from where Piper publishes them.

    Raises:
        VoiceError: there is no such file, it is no voice, or it could not be fetched.
    """
    if not _has("piper"):
        raise VoiceError("Piper is not installed. Install it with: pip install 'dateline[voices]'")
    if _NAME.fullmatch(given):
        with tempfile.TemporaryDirectory(prefix="dateline-voice-") as folder:
            return _take_in(_fetch(given, Path(folder), say))
    return _take_in(Path(given))


def _take_in(model: Path) -> Voice:
    description = model.with_name(model.name + ".json")
    if model.suffix != ".onnx" or not model.is_file():
        raise VoiceError(f"{model} is no voice: a file that ends in .onnx, with a second one that ends in .onnx.json")
    if not description.is_file():
        raise VoiceError(f"{description} is missing: it says which language the voice speaks, and how.")
    try:
        told = json.loads(description.read_text("utf-8"))
        language, rate = str(told["language"]["code"]), int(told["audio"]["sample_rate"])
    except (ValueError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise VoiceError(f"{description} does not describe a Piper voice: {error!r}") from error
    if not (language and 8000 <= rate <= 48000):
        raise VoiceError(f"{description} names no language, or {rate} samples a second, which nobody can play.")
    folder = voices_folder()
    folder.mkdir(exist_ok=True)
    for file in (description, model):
        # The description first: a model without one is no voice yet.
        part = folder / f".{file.name}.part"
        shutil.copyfile(file, part)
        part.replace(folder / file.name)
    return next(voice for voice in _added() if voice.id == f"piper/{model.stem}")


def _fetch(name: str, folder: Path, say: Callable[[str], None]) -> Path:
    say(f"Fetching {name}")
    command = [sys.executable, "-m", "piper.download_voices", name, "--download-dir", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=1800, check=False)
    model = folder / f"{name}.onnx"
    if done.returncode or not model.is_file():
        why = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "nothing came"
        raise VoiceError(
            f"{name} could not be fetched ({why}). Bring its two files here, and name the file that ends in .onnx."
        )
    return model
