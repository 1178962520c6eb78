"""hibari (Apache 2.0): English, its model in its package."""

import array

from dateline.newsroom.listen.engines.loop import serve

#: Fixes the breath in the voice, so that the same text is the same sound.
SEED = 7


def main() -> None:
    import numpy as np
    from hibari import SAMPLE_RATE, Hibari

    voices: dict[str, Hibari] = {}

    def speak(voice: str, text: str) -> "array.array[int]":
        if voice not in voices:
            voices[voice] = Hibari(voice=voice)
        wave = voices[voice](text, seed=SEED)
        return array.array("h", (np.clip(wave, -1, 1) * 32767).astype("<i2").tobytes())

    serve(lambda _voice: SAMPLE_RATE, speak)


if __name__ == "__main__":
    main()
