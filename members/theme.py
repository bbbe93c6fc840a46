"""An organisation's colour, made readable wherever it is used."""

from kernel.colour import INK, NIGHT, PAPER, readable, text_on
from members.models import Organisation

OURS = "#1f5f5b"


def theme(organisation: Organisation | None) -> dict[str, str]:
    """Return an organisation's colour in the variants that can be read on light and on dark."""
    colour = organisation.colour if organisation else OURS
    fill = readable(colour, "#ffffff") if text_on(colour) != INK else colour
    on_dark = readable(colour, NIGHT)
    return {
        "fill": fill,
        "on_fill": text_on(fill),
        "text": readable(colour, PAPER),
        "dark_fill": on_dark,
        "on_dark_fill": text_on(on_dark),
        "dark_text": on_dark,
    }
