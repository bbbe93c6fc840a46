"""PDFs are made of our own files, and of nothing from anywhere else."""

import io

import pytest
from pypdf import PdfReader

from kernel import pdf


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
        pdf.own_file(address)
    with pytest.raises(pdf.RefusedAddressError, match="Error fetching"):
        pdf.render(f'<title>x</title><img src="{address}">')
