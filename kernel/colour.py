"""An organisation's colour, made readable: text on it, and itself as text on light and on dark."""

import colorsys

LEAST_CONTRAST = 4.5
WHITE, INK = "#ffffff", "#14181b"
PAPER, NIGHT = "#f3f1eb", "#22282d"
"""Of the grounds that text stands on in light and in dark, those on which it is hardest to read."""


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2 between two colours such as #1f5f5b."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def text_on(colour: str) -> str:
    """Return white or ink, whichever reads better on a colour."""
    return WHITE if contrast(colour, WHITE) >= contrast(colour, INK) else INK


def readable(colour: str, ground: str) -> str:
    """Return the colour, made darker or lighter until it can be read on a ground."""
    hue, light, saturation = colorsys.rgb_to_hls(*_channels(colour))
    step, limit = (-0.01, 0.0) if _luminance(ground) > 0.5 else (0.01, 1.0)
    while contrast(colour, ground) < LEAST_CONTRAST and light != limit:
        light = min(1.0, max(0.0, light + step))
        channels = colorsys.hls_to_rgb(hue, light, saturation)
        colour = "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
    return colour
