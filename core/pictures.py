"""Photos made safe to keep: opened, turned upright, made smaller and written anew, so that nothing else comes along.

What is written anew carries no place, no name of a telephone and no hidden second content.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Pillow itself is loaded when a photo comes
    from PIL.Image import Image as PillowImage

# A photo on a page and in print needs no more.
LONGEST_SIDE = 1600
QUALITY = 82
# JPEG is made smaller while it is unpacked; the others have to be unpacked whole, at four bytes a point.
MOST_POINTS = {"JPEG": 120_000_000, "PNG": 24_000_000, "WEBP": 24_000_000}


# Pillow's switch is one for the whole process.
_switching = Lock()


class PictureRefused(Exception):
    """The bytes are no picture that can be kept: ``code`` is ``broken`` or ``too_large``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Picture:
    """A JPEG of at most ``LONGEST_SIDE`` points a side, with nothing in it but the picture."""

    content: bytes
    width: int
    height: int


def looks_like_picture(content: bytes) -> bool:
    """Whether the first bytes are those of a JPEG, a PNG or a WebP picture."""
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or is_webp


def clean_picture(content: bytes) -> Picture:
    """Return the picture written anew. Raises ``PictureRefused`` for what cannot be opened or has too many points."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with _whole_ones_only(), warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limits above are stricter
            with Image.open(io.BytesIO(content), formats=list(MOST_POINTS)) as image:
                if image.width * image.height > MOST_POINTS[str(image.format)]:
                    raise PictureRefused("too_large")
                image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                return _written(_on_white(upright))
    except Image.DecompressionBombError as bomb:
        raise PictureRefused("too_large") from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, MemoryError) as broken:
        raise PictureRefused("broken") from broken


@contextmanager
def _whole_ones_only() -> Iterator[None]:
    """Let Pillow refuse a picture that was cut off: WeasyPrint, once loaded, has told it to make do with half."""
    from PIL import ImageFile

    with _switching:
        before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def _on_white(image: "PillowImage") -> "PillowImage":
    from PIL import Image

    if image.mode not in ("RGBA", "LA", "P", "PA"):
        return image.convert("RGB")
    seen = image.convert("RGBA")
    ground = Image.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground


def _written(image: "PillowImage") -> Picture:
    out = io.BytesIO()
    image.info.clear()
    image.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return Picture(out.getvalue(), image.width, image.height)
