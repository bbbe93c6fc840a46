"""HTML to PDF, for documents: a small stylesheet and fonts of our own, and nothing from anywhere else."""

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

SCHEME = "ours:"
VARIANT = "pdf/a-3b"


class RefusedAddressError(ValueError):
    """A document asked for something that is not one of our own files."""


class _Parts(NamedTuple):
    weasyprint: Any
    fonts: Any
    stylesheet: Any


def render(html: str) -> bytes:
    """Return a page as PDF/A-3b. Its only other sources are `static/` and `vendor/`, as `ours:css/…`."""
    parts = _parts()
    page = parts.weasyprint.HTML(string=html, base_url=SCHEME, url_fetcher=_fetch)
    return bytes(page.write_pdf(stylesheets=[parts.stylesheet], font_config=parts.fonts, pdf_variant=VARIANT))


@lru_cache(maxsize=1)
def _parts() -> _Parts:
    """What every page shares, made once in a process: the library itself takes a moment to load."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    text = (settings.BASE_DIR / "static/css/document.css").read_text(encoding="utf-8")
    stylesheet = weasyprint.CSS(string=text, base_url=SCHEME, url_fetcher=_fetch, font_config=fonts)
    return _Parts(weasyprint, fonts, stylesheet)


def _fetch(url: str, *_: Any, **__: Any) -> dict[str, Any]:
    path = url.removeprefix(SCHEME)
    for folder in ("static", "vendor"):
        root = Path(settings.BASE_DIR) / folder
        file = (root / path).resolve()
        if url.startswith(SCHEME) and file.is_relative_to(root) and file.is_file():
            return {"file_obj": file.open("rb"), "redirected_url": url}
    raise RefusedAddressError(url)
