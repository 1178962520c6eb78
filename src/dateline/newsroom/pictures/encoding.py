"""How AVIF renditions are encoded. Willow has a setting for their quality and none for the encoder's speed."""

from typing import BinaryIO

from willow.image import AvifImageFile, Image
from willow.plugins.pillow import PillowImage

#: libavif's scale of 0 (slowest) to 10. At 8 files are as small as at the default of 6, in a fifth of the time.
SPEED = 8


@Image.operation
def save_as_avif(
    self: PillowImage, f: BinaryIO, quality: int = 80, lossless: bool = False, apply_optimizers: bool = True
) -> AvifImageFile:
    """Write the image to `f` as AVIF; the arguments are those of Willow's own operation."""
    profile = self.get_icc_profile()
    image = self
    if profile is not None and self.image.mode == "CMYK":  # AVIF is RGB: a profile for inks means nothing in it
        image = self.transform_colorspace_to_srgb()
        profile = image.get_icc_profile()
    options = {"icc_profile": profile} if profile is not None else {}
    if lossless:
        options |= {"subsampling": "4:4:4"}
    image.image.save(f, "AVIF", quality=100 if lossless else quality, speed=SPEED, **options)
    return AvifImageFile(f)


def install() -> None:
    """Take the place of Willow's operation."""
    PillowImage.save_as_avif = save_as_avif
