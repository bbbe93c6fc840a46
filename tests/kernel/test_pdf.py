"""PDFs are made of our own files, and of nothing from anywhere else."""

import io
import signal
from pathlib import Path

import pytest
from pypdf import PdfReader

from kernel import drawing, pdf


def test_a_page_is_set_in_our_own_fonts() -> None:
    page = PdfReader(io.BytesIO(pdf.render("<title>x</title><h1>Één</h1><p>Żółć en <b>meer</b></p>"))).pages[0]
    fonts = {str(font.get_object()["/BaseFont"]).split("+")[1] for font in page["/Resources"]["/Font"].values()}  # type: ignore[index]
    assert {name.split("-")[0] for name in fonts} == {"Source", "Inter"}
    assert "Żółć" in page.extract_text()


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/x.png", "file:///etc/passwd", "ours:../manage.py", "ours:nothing.png"]
)
def test_nothing_else_is_fetched(address: str) -> None:
    with pytest.raises(pdf.RefusedAddressError):
        drawing.own_file(address)
    with pytest.raises(pdf.RefusedAddressError, match="Error fetching"):
        pdf.render(f'<title>x</title><img src="{address}">')


def test_a_page_that_takes_too_long_is_given_up_and_the_next_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf.render("<title>x</title>")  # the process is there
    monkeypatch.setattr(pdf, "SECONDS", 0.2)
    with pytest.raises(pdf.DrawingFailedError, match="no picture within"):
        pdf.render("<title>x</title>" + "<p>much</p>" * 20_000)
    monkeypatch.undo()
    assert pdf.render("<title>x</title>").startswith(b"%PDF")


def test_a_page_that_takes_too_much_memory_costs_nothing_else() -> None:
    with pytest.raises(pdf.DrawingFailedError):
        pdf.render("<title>x</title>" + f"<p>{'much ' * 4_000_000}</p>")
    assert pdf.render("<title>x</title>").startswith(b"%PDF")


def test_the_process_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "very secret")
    pdf._drawer.end()
    pdf.render("<title>x</title>")
    assert pdf._drawer._process
    environment = Path(f"/proc/{pdf._drawer._process.pid}/environ").read_bytes()
    assert b"SECRET_KEY" not in environment
    assert b"DATABASE_URL" not in environment


def test_an_answer_that_is_still_owed_is_never_anothers() -> None:
    class StopError(Exception):
        pass

    def interrupt(*_: object) -> None:
        raise StopError

    pdf.render("<title>x</title>")
    handler = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(StopError):
            pdf.render("<title>first</title>" + "<p>much</p>" * 20_000)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
    assert "second" in PdfReader(io.BytesIO(pdf.render("<title>x</title><p>second</p>"))).pages[0].extract_text()
