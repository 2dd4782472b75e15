"""Photos are written anew: upright, smaller, without the place where they were taken; what is no picture is refused."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageFile

from core.pictures import LONGEST_SIDE, PictureRefused, clean_picture, looks_like_picture

GPS, ORIENTATION, MODEL = 0x8825, 0x0112, 0x0110


def jpeg(size: tuple[int, int] = (40, 20), **more) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, "JPEG", **more)
    return out.getvalue()


def with_place() -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[MODEL] = "Điện thoại của Lan"
    exif.get_ifd(GPS)[1] = "N"
    return jpeg(exif=exif, comment=b"bi mat")


def png_of(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def test_a_photo_loses_place_telephone_and_comment_and_stands_upright():
    cleaned = clean_picture(with_place())
    with Image.open(io.BytesIO(cleaned.content)) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (20, 40), {})
        assert "comment" not in image.info
    assert b"bi mat" not in cleaned.content
    assert "Điện".encode() not in cleaned.content


def test_a_large_photo_is_made_smaller_and_keeps_its_shape():
    cleaned = clean_picture(jpeg((4000, 3000)))
    assert (cleaned.width, cleaned.height) == (LONGEST_SIDE, LONGEST_SIDE * 3 // 4)


def test_what_is_seen_through_becomes_white():
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(clean_picture(out.getvalue()).content)) as image:
        assert image.getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xd8\xff<script>alert(1)</script>", "broken"),
        (jpeg()[:200], "broken"),
        (png_of(20_000, 10_000), "too_large"),
        (png_of(2_000_000_000, 2), "too_large"),
        (png_of(100, 100), "broken"),
    ],
    ids=["script", "cut off", "200 megapixels", "endless line", "nothing inside"],
)
def test_what_cannot_be_kept_is_refused(content, code, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    assert looks_like_picture(content)
    with pytest.raises(PictureRefused) as refused:
        clean_picture(content)
    assert refused.value.code == code


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"GIF89a", b"RIFF1234WAVE", b"%PDF-1.7"])
def test_other_things_do_not_look_like_pictures(content):
    assert not looks_like_picture(content)
