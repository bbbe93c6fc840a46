"""Pictures that people upload: looked at, made small, and written anew, so that nothing else comes along with them."""

import io
from typing import Any

from PIL import Image, ImageOps

LARGEST = 2 * 1024 * 1024
MOST_PIXELS = 6_000_000
OF_A_CAMERA = 60_000_000
"""JPEGs are read at an eighth of their size where they are as large as cameras make them."""
HEIGHT, WIDTH = 96, 384
"""A logo is shown 32 px high; three times that is sharp on every screen."""
SQUARE = 320
"""The sides of a photo, shown at most 160 px wide."""


class NoPictureError(ValueError):
    """Not a PNG, JPEG or WebP, or too large a one."""


def logo(content: bytes) -> bytes:
    """Return a picture as a PNG of at most 384 x 96 pixels, without whatever else its file held."""
    small = _read(content, "RGBA")
    small.thumbnail((WIDTH, HEIGHT))
    return _written(small, "PNG", optimize=True)


def photo(content: bytes) -> bytes:
    """Return the middle of a picture as a square JPEG, without whatever else its file held: not where it was taken."""
    small = ImageOps.fit(_read(content, "RGB"), (SQUARE, SQUARE))
    return _written(small, "JPEG", quality=85)


def _read(content: bytes, mode: str) -> Image.Image:
    if len(content) > LARGEST:
        raise NoPictureError
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as picture:
            if picture.format == "JPEG" and picture.width * picture.height <= OF_A_CAMERA:
                picture.draft(mode, (2 * SQUARE, 2 * SQUARE))
            if picture.width * picture.height > MOST_PIXELS:
                raise NoPictureError
            return ImageOps.exif_transpose(picture).convert(mode)
    except NoPictureError:
        raise
    except Exception:  # whatever a broken picture makes the library raise
        raise NoPictureError from None


def _written(picture: Image.Image, kind: str, **options: Any) -> bytes:
    written = io.BytesIO()
    Image.frombytes(picture.mode, picture.size, picture.tobytes()).save(written, kind, **options)
    return written.getvalue()
