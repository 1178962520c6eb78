"""Files that a folder names: nothing outside it is touched, and no picture is decoded that could do harm."""

import os
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from dateline.wire.imagefiles import (
    LARGEST_FILE,
    MOST_PIXELS,
    ImageFacts,
    MediaError,
    check_media_path,
    inspect_image,
    path_problem,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A newsroom folder with a file, beside one that is nobody's business."""
    root = tmp_path / "newsroom"
    (root / "media" / "deep").mkdir(parents=True)
    (root / "media" / "a.jpg").write_bytes(b"a")
    (root / "media" / "صورة 1.jpg").write_bytes(b"a")
    (tmp_path / "secret.jpg").write_bytes(b"s")
    return root


@pytest.mark.parametrize("href", ["media/a.jpg", "./media/a.jpg", "media//a.jpg", "media/صورة 1.jpg"])
def test_a_file_inside(folder: Path, href: str) -> None:
    found = check_media_path(folder, href)
    assert found.is_file()
    assert found.is_relative_to(folder.resolve())


@pytest.mark.parametrize(
    ("href", "reason"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("../secret.jpg", "climbs out"),
        ("media/../../secret.jpg", "climbs out"),
        ("media/../media/a.jpg", "climbs out"),
        ("..", "climbs out"),
        ("/etc/passwd", "relative"),
        ("//host/share/a.jpg", "not an address"),
        ("~/a.jpg", "relative"),
        ("..\\secret.jpg", "backslash"),
        ("C:\\a.jpg", "not an address"),
        ("c:/a.jpg", "not an address"),
        ("http://x.y/a.jpg", "not an address"),
        ("file:///etc/passwd", "not an address"),
        ("data:image/png;base64,AA", "not an address"),
        ("media/a.jpg\x00.png", "control character"),
        ("media/\n", "control character"),
        ("media/\u202egpj.a", "control character"),
        ("media/none.jpg", "no such file"),
        ("media", "not a file"),
        (".", "not a file"),
        ("media/a.jpg/b", "cannot be read"),
        ("x" * 5000, "cannot be read"),
        ("\ud800.jpg", "control character"),
    ],
)
def test_a_path_that_is_refused(folder: Path, href: str, reason: str) -> None:
    with pytest.raises(MediaError, match=reason) as caught:
        check_media_path(folder, href)
    assert len(str(caught.value)) < 800


def test_a_link_out_of_the_folder_is_refused_and_one_inside_is_not(folder: Path) -> None:
    (folder / "media" / "out.jpg").symlink_to(folder.parent / "secret.jpg")
    (folder / "media" / "up").symlink_to(folder.parent)
    (folder / "media" / "in.jpg").symlink_to("a.jpg")
    (folder / "media" / "loop.jpg").symlink_to("loop.jpg")
    (folder / "media" / "gone.jpg").symlink_to("nothing.jpg")
    assert check_media_path(folder, "media/in.jpg") == (folder / "media" / "a.jpg").resolve()
    for href, reason in (
        ("media/out.jpg", "out of the folder"),
        ("media/up/secret.jpg", "out of the folder"),
        ("media/loop.jpg", "cannot be read"),
        ("media/gone.jpg", "no such file"),
    ):
        with pytest.raises(MediaError, match=reason):
            check_media_path(folder, href)


def test_the_folder_itself_may_be_reached_through_a_link(folder: Path) -> None:
    alias = folder.parent / "alias"
    alias.symlink_to(folder)
    assert check_media_path(alias, "media/a.jpg").is_file()


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "media" / "pipe.jpg")
    with pytest.raises(MediaError, match="not a file"):
        check_media_path(folder, "media/pipe.jpg")


def test_sizes(folder: Path) -> None:
    (folder / "media" / "empty.jpg").touch()
    with pytest.raises(MediaError, match="empty"):
        check_media_path(folder, "media/empty.jpg")
    with (folder / "media" / "big.jpg").open("wb") as file:
        file.truncate(LARGEST_FILE)
        assert check_media_path(folder, "media/big.jpg")
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(MediaError, match="the most is 40"):
        check_media_path(folder, "media/big.jpg")


def test_a_path_can_be_judged_without_a_folder() -> None:
    assert path_problem("media/a.jpg") is None
    assert path_problem("../a.jpg") == "the path climbs out with .."


# --- pictures ---------------------------------------------------------------------------------------------------------


def picture(path: Path, kind: str, size: tuple[int, int] = (60, 40), **options: object) -> Path:
    image = Image.effect_noise(size, 80).convert("RGB")
    image.save(path, kind, **options)  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_each_format(kind: str, tmp_path: Path) -> None:
    """The name's ending says nothing; the bytes do."""
    assert inspect_image(picture(tmp_path / "x.dat", kind)) == ImageFacts(60, 40, kind)


def test_other_colours(tmp_path: Path) -> None:
    for mode in ("1", "L", "P", "RGBA", "CMYK"):
        kind = "JPEG" if mode == "CMYK" else "PNG"
        Image.new(mode, (3, 2)).save(tmp_path / "x", kind)
        assert inspect_image(tmp_path / "x") == ImageFacts(3, 2, kind)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_animations_are_noted(kind: str, tmp_path: Path) -> None:
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue", "green")]
    frames[0].save(tmp_path / "x", kind, save_all=True, append_images=frames[1:])
    assert inspect_image(tmp_path / "x") == ImageFacts(4, 4, kind, animated=True)


def test_a_telephones_jpeg_with_a_second_picture(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "x.jpg", "MPO", save_all=True, append_images=frames[1:])
    assert inspect_image(tmp_path / "x.jpg") == ImageFacts(8, 8, "JPEG")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
@pytest.mark.parametrize("part", [0.99, 0.5, 0.1])
def test_a_picture_that_is_cut_off(kind: str, part: float, tmp_path: Path) -> None:
    file = picture(tmp_path / "x", kind, (120, 90))
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(MediaError, match="'x'"):
        inspect_image(file)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_damage_is_a_media_error_or_no_matter(kind: str, tmp_path: Path) -> None:
    file = picture(tmp_path / "x", kind)
    whole = file.read_bytes()
    refused = 0
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            inspect_image(file)
        except MediaError:
            refused += 1
    assert refused


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"not a picture", "not a picture"),
        (b"\x00", "not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG is not taken"),
        (b"<?xml version='1.0'?>\n<!-- x --><SVG onload='alert(1)'/>", "SVG is not taken"),
        (b"%PDF-1.4", "not a picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not a picture"),
        (b"GIF89a", "x"),
        (b"\xff\xd8\xff\xe0", "x"),
        (b"\x89PNG\r\n\x1a\n", "x"),
        (b"RIFF\x00\x00\x00\x00WEBP", "x"),
    ],
)
def test_what_is_no_picture(content: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(MediaError, match=reason):
        inspect_image(tmp_path / "x")


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM", "TGA", "PCX"])
def test_other_formats_are_refused(kind: str, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="give JPEG, PNG, WebP, AVIF or GIF"):
        inspect_image(picture(tmp_path / "x", kind, (32, 32)))


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="'x'"):
        inspect_image(tmp_path / "x")


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG that claims a size, with hardly any data."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = [chunk(b"IHDR", head), *(chunk(*one) for one in chunks), chunk(b"IDAT", zlib.compress(b"\0" * 64))]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(8945, 8945), (40_000, 2001), (10_000, 10_000), (60_000, 60_000), (2_000_000_000, 1)])
def test_a_bomb_is_refused_before_it_is_decoded(size: tuple[int, int], tmp_path: Path) -> None:
    assert size[0] * size[1] > MOST_PIXELS
    (tmp_path / "bomb.png").write_bytes(png(*size))
    with pytest.raises(MediaError, match="megapixels"):
        inspect_image(tmp_path / "bomb.png")


def test_a_png_whose_text_unpacks_to_gigabytes(tmp_path: Path) -> None:
    packed = zlib.compress(b"x" * 200_000_000, 9)
    (tmp_path / "x.png").write_bytes(png(8, 8, (b"zTXt", b"k\0\0" + packed)))
    with pytest.raises(MediaError, match=r"x\.png"):
        inspect_image(tmp_path / "x.png")


def test_the_file_is_closed(tmp_path: Path) -> None:
    file = picture(tmp_path / "x", "PNG")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(20):
        inspect_image(file)
    (tmp_path / "bad").write_bytes(file.read_bytes()[:200])
    for _ in range(20):
        with pytest.raises(MediaError):
            inspect_image(tmp_path / "bad")
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_picture_in_memory_is_the_same(tmp_path: Path) -> None:
    """`effect_noise` makes pictures that do not compress to nothing: the cuts above take pixels, not padding."""
    out = BytesIO()
    Image.effect_noise((120, 90), 80).convert("RGB").save(out, "PNG")
    assert len(out.getvalue()) > 5_000
