"""Piper (GPL): voices that an operator has added, each the path of its model."""

import array
from typing import Any

from dateline.newsroom.listen.engines.loop import serve


def main() -> None:
    from piper import PiperVoice

    voices: dict[str, Any] = {}

    def voice_at(path: str) -> Any:
        if path not in voices:
            voices.clear()  # a model is some sixty megabytes in memory
            voices[path] = PiperVoice.load(path)
        return voices[path]

    def speak(path: str, text: str) -> "array.array[int]":
        sound = array.array("h")
        for chunk in voice_at(path).synthesize(text):
            sound.frombytes(chunk.audio_int16_bytes)
        return sound

    serve(lambda path: int(voice_at(path).config.sample_rate), speak)


if __name__ == "__main__":
    main()
