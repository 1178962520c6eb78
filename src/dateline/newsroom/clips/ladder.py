"""The sizes a film is prepared in, so that every reader's line carries one of them."""

from dataclasses import dataclass

#: Name (lines of a film that lies), most bits a second of its pictures, bits a second of its sound.
_STEPS = (
    (240, 350_000, 64_000),
    (360, 700_000, 96_000),
    (480, 1_200_000, 96_000),
    (720, 2_600_000, 128_000),
    (1080, 4_800_000, 128_000),
)

#: How wide a film that lies is at most beside its height; a wider one has fewer lines in each step.
_SHAPE = 16 / 9

#: By how much wider the film itself must be to be a rung above the last step.
WORTH = 1.1

#: The step that is offered as one plain file, for browsers without scripts and for keeping.
PLAIN = 480


@dataclass(frozen=True, slots=True)
class Rung:
    """One size: `name` such as 720, frame in pixels (both even), most bits a second of pictures, and of sound."""

    name: int
    width: int
    height: int
    video_bits: int
    audio_bits: int


def ladder(width: int, height: int) -> tuple[Rung, ...]:
    """The rungs for a film of this size, smallest first, none larger than the film itself; at least one.

    A film that stands is measured by its width.
    """
    short, long = sorted((width, height))
    found: list[Rung] = []
    for name, video_bits, audio_bits in _STEPS:
        scale = min(name / short, name * _SHAPE / long)
        last = scale >= 1
        scale = min(scale, 1.0)
        if last and found and width < WORTH * found[-1].width:
            break  # the rung below shows it as well as it is
        found.append(Rung(name, _even(width, scale), _even(height, scale), video_bits, audio_bits))
        if last:
            break
    return tuple(found)


def plain_rung(rungs: tuple[Rung, ...]) -> Rung:
    """The one that is offered as a plain file too."""
    return max((rung for rung in rungs if rung.name <= PLAIN), key=lambda rung: rung.name)


def _even(length: int, scale: float) -> int:
    return max(2, min(round(length * scale / 2) * 2, length // 2 * 2))
