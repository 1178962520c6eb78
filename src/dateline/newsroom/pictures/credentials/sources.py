"""IPTC's names for what made a picture (https://cv.iptc.org/newscodes/digitalsourcetype/), as far as machines did."""

from typing import Any

MADE = {"trainedAlgorithmicMedia", "trainedAlgorithmicData"}
PART = {"compositeWithTrainedAlgorithmicMedia"}

#: What schema.org calls them.
SCHEMA = {
    "made": "https://schema.org/TrainedAlgorithmicMediaDigitalSource",
    "part": "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource",
}


def source_name(said: Any) -> str:
    """The last part of an address or of a qualified name; "" for anything else."""
    return said.strip().rstrip("/").replace(":", "/").rsplit("/", 1)[-1] if isinstance(said, str) else ""


def machine(said: Any) -> str:
    """`made` or `part` if a digital source type says that a machine made all or some of it; else ""."""
    name = source_name(said)
    return "made" if name in MADE else "part" if name in PART else ""
