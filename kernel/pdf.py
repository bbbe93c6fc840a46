"""HTML to PDF, for documents: a small stylesheet and fonts of our own, and nothing from anywhere else."""

from dataclasses import dataclass
from datetime import datetime
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
    fetcher: Any
    fonts: Any
    stylesheet: Any
    attachment: Any


@dataclass(frozen=True)
class Attached:
    """A file that travels inside a PDF, as the source that it was made from."""

    name: str
    content: bytes
    description: str
    at: datetime


def render(html: str, attached: Attached | None = None) -> bytes:
    """Return a page as PDF/A-3b. Its only other sources are files of `static/` and `vendor/`, as `ours:css/…`.

    Whatever else it asks for stops it, as does a font that is missing: no document goes out that looks by chance.
    """
    parts = _parts()
    page = parts.weasyprint.HTML(string=html, base_url=SCHEME, url_fetcher=parts.fetcher)
    try:
        return bytes(
            page.write_pdf(
                stylesheets=[parts.stylesheet],
                font_config=parts.fonts,
                pdf_variant=VARIANT,
                attachments=[parts.attachment(attached)] if attached else None,
            )
        )
    except parts.weasyprint.urls.FatalURLFetchingError as error:  # no ordinary exception: nobody would catch it
        raise RefusedAddressError(str(error)) from error


@lru_cache(maxsize=1)
def _parts() -> _Parts:
    """What every page shares, made once in a process: the library itself takes a moment to load."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            return URLFetcherResponse(url, own_file(url).open("rb"))

    fetcher, fonts = OwnFiles(fail_on_errors=True), FontConfiguration()
    text = (settings.BASE_DIR / "static/css/document.css").read_text(encoding="utf-8")
    stylesheet = weasyprint.CSS(string=text, base_url=SCHEME, url_fetcher=fetcher, font_config=fonts)

    def attachment(attached: Attached) -> Any:
        return weasyprint.Attachment(
            string=attached.content,
            name=attached.name,
            description=attached.description,
            created=attached.at,
            modified=attached.at,
            relationship="Source",
        )

    return _Parts(weasyprint, fetcher, fonts, stylesheet, attachment)


def own_file(url: str) -> Path:
    """Return the file that an address of ours names; RefusedAddressError for any other address."""
    for folder in ("static", "vendor"):
        root = Path(settings.BASE_DIR) / folder
        file = (root / url.removeprefix(SCHEME)).resolve()
        if url.startswith(SCHEME) and file.is_relative_to(root) and file.is_file():
            return file
    raise RefusedAddressError(url)
