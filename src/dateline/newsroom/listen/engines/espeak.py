"""eSpeak NG (GPL), through its shared library. Arabic gets its vowels first, from the model that Piper ships (GPL)."""

import array
import ctypes
import ctypes.util
import os
from collections.abc import Callable
from functools import cache

from dateline.newsroom.listen.engines.loop import serve

# Synchronous: as a stream, eSpeak waits for its own queue between any two sentences, five times as long as it speaks.
_SYNCHRONOUS, _UTF8, _RATE, _RANGE, _NO_EXIT = 2, 1, 1, 4, 0x8000

#: What eSpeak takes for words a minute: of written-out Arabic it says 115 of this, of Spanish 135, as newsreaders do.
PACE = {"ar": 185, "": 180}

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Espeak:
    """The library, loaded once. Its voices are its own names, such as `es-419`."""

    def __init__(self) -> None:
        self._library, data = _load()
        self.rate = int(self._library.espeak_Initialize(_SYNCHRONOUS, 0, data, _NO_EXIT))
        if self.rate <= 0:
            raise RuntimeError("eSpeak NG found no voices")
        self._heard = array.array("h")
        self._callback = _Callback(self._hear)
        self._library.espeak_SetSynthCallback(self._callback)
        self._voice = ""

    def _hear(self, wave: "ctypes._Pointer[ctypes.c_short]", count: int, _events: int | None) -> int:
        if wave and count:
            self._heard.frombytes(ctypes.string_at(wave, 2 * count))
        return 0

    def speak(self, voice: str, text: str) -> "array.array[int]":
        if voice != self._voice:
            if self._library.espeak_SetVoiceByName(voice.encode()):
                raise ValueError(f"eSpeak NG has no voice {voice}")
            self._library.espeak_SetParameter(_RATE, PACE.get(voice, PACE[""]), 0)
            self._voice = voice
        del self._heard[:]
        if voice == "ar":
            text = _vowels()(text)
        spoken = text.encode()
        # Neither SSML nor phonemes in brackets are read: a story's text is text.
        if self._library.espeak_Synth(spoken, len(spoken) + 1, 0, 1, 0, _UTF8, None, None):
            raise RuntimeError("eSpeak NG could not speak")
        return self._heard[:]


def _load() -> tuple[ctypes.CDLL, bytes | None]:
    """The library and its data: the package's, or the system's."""
    try:
        import espeakng_loader
    except ImportError:
        name = ctypes.util.find_library("espeak-ng")
        if name is None:
            raise RuntimeError("eSpeak NG is not installed") from None
        return ctypes.CDLL(name), None
    return ctypes.CDLL(espeakng_loader.get_library_path()), os.path.dirname(espeakng_loader.get_data_path()).encode()  # noqa: PTH120


@cache
def _vowels() -> Callable[[str], str]:
    """A function that writes the vowels into Arabic text; texts it is given are at most a few hundred letters long."""
    from onnxruntime import InferenceSession, SessionOptions
    from piper.tashkeel import CHAR_LIMIT, TASHKEEL_DIR, TashkeelDiacritizer

    model = TashkeelDiacritizer()
    # On one thread: a sentence is too short to be shared, and a second one would only wait for work, at full speed.
    alone = SessionOptions()
    alone.intra_op_num_threads = alone.inter_op_num_threads = 1
    model.session = InferenceSession(TASHKEEL_DIR / "model.onnx", alone)

    def diacritise(text: str) -> str:
        return model.diacritize(text) if len(text) < CHAR_LIMIT else text

    return diacritise


if __name__ == "__main__":
    engine = Espeak()
    serve(lambda _voice: engine.rate, engine.speak)
