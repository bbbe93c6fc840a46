"""Pictures that people upload: looked at, made small, and written anew, so that nothing else comes along with them."""

import io

from PIL import Image, ImageOps

LARGEST = 2 * 1024 * 1024
MOST_PIXELS = 6_000_000
HEIGHT, WIDTH = 96, 384
"""A logo is shown 32 px high; three times that is sharp on every screen."""


class NoPictureError(ValueError):
    """Not a PNG, JPEG or WebP, or too large a one."""


def logo(content: bytes) -> bytes:
    """Return a picture as a PNG of at most 384 x 96 pixels, without whatever else its file held."""
    if len(content) > LARGEST:
        raise NoPictureError
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NoPictureError
            small = ImageOps.exif_transpose(picture).convert("RGBA")
    except NoPictureError:
        raise
    except Exception:  # whatever a broken picture makes the library raise
        raise NoPictureError from None
    small.thumbnail((WIDTH, HEIGHT))
    written = io.BytesIO()
    Image.frombytes("RGBA", small.size, small.tobytes()).save(written, "PNG", optimize=True)
    return written.getvalue()
