"""HTML to PDF in a process of its own: a small stylesheet and fonts of ours, and nothing from anywhere else.

`kernel.pdf` starts it, and feeds it one job after the other: a line of JSON each, answered by a line of JSON with the
length of what follows. It knows no database, no secret, and no Django. It ends with its input.
"""

import base64
import json
import resource
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SCHEME = "ours:"
VARIANT = "pdf/a-3b"
MEMORY = 512 * 1024**2
LONGEST = 60
"""Seconds after which a page ends the process, should nobody be there any more who does."""


class RefusedAddressError(ValueError):
    """A document asked for something that is not one of our own files."""


class Parts(NamedTuple):
    """What every page shares, made once: the library itself takes a moment to load."""

    weasyprint: Any
    fetcher: Any
    fonts: Any
    stylesheet: Any


def own_file(url: str) -> Path:
    """Return the file that an address of ours names, `ours:css/…`; RefusedAddressError for any other address."""
    for folder in ("static", "vendor"):
        root = ROOT / folder
        file = (root / url.removeprefix(SCHEME)).resolve()
        if url.startswith(SCHEME) and file.is_relative_to(root) and file.is_file():
            return file
    raise RefusedAddressError(url)


def load() -> Parts:
    """Load the library, with our stylesheet, our fonts, and nothing else that can be fetched."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            return URLFetcherResponse(url, own_file(url).open("rb"))

    fetcher, fonts = OwnFiles(fail_on_errors=True), FontConfiguration()
    text = (ROOT / "static/css/document.css").read_text(encoding="utf-8")
    stylesheet = weasyprint.CSS(string=text, base_url=SCHEME, url_fetcher=fetcher, font_config=fonts)
    return Parts(weasyprint, fetcher, fonts, stylesheet)


def _draw(parts: Parts, html: str, attached: dict[str, str] | None) -> bytes:
    page = parts.weasyprint.HTML(string=html, base_url=SCHEME, url_fetcher=parts.fetcher)
    try:
        return bytes(
            page.write_pdf(
                stylesheets=[parts.stylesheet],
                font_config=parts.fonts,
                pdf_variant=VARIANT,
                attachments=[_attachment(parts, attached)] if attached else None,
            )
        )
    except parts.weasyprint.urls.FatalURLFetchingError as error:  # no ordinary exception: nobody would catch it
        raise RefusedAddressError(str(error)) from error


def _attachment(parts: Parts, attached: dict[str, str]) -> Any:
    at = datetime.fromisoformat(attached["at"])
    return parts.weasyprint.Attachment(
        string=base64.b64decode(attached["content"]),
        name=attached["name"],
        description=attached["description"],
        created=at,
        modified=at,
        relationship="Source",
    )


def _answer(parts: Parts, job: dict[str, Any]) -> tuple[str, bytes]:
    try:
        return "drawn", _draw(parts, job["html"], job["attached"])
    except RefusedAddressError as error:
        return "refused", str(error).encode()
    except Exception as error:  # said to whoever asked; the next job may be a good one
        return "failed", repr(error).encode()


def serve(jobs: BinaryIO, answers: BinaryIO) -> None:
    """Draw one page after the other until there are no more."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    parts = load()
    for line in jobs:
        job = json.loads(line)
        signal.alarm(LONGEST)
        outcome, content = _answer(parts, job)
        signal.alarm(0)
        head = {"number": job["number"], "outcome": outcome, "length": len(content)}
        answers.write(json.dumps(head).encode() + b"\n" + content)
        answers.flush()


if __name__ == "__main__":
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no answer
    serve(sys.stdin.buffer, out)
