"""Whatever is typed or uploaded is read, or refused in the way that its form says in words: never anything else."""

import contextlib
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from django import forms
from hypothesis import example, given
from hypothesis import strategies as st

from kernel import tables
from kernel.tables import UnreadableError
from members import people_file
from members.legal_ids import citizen_number, enterprise_number, vat_number
from payouts.forms.claims import EnteredForm
from payouts.forms.finance import StatementForm
from payouts.forms.payees import valid_iban
from referrals import days_file

HEADINGS = {"case": ("case",), "days": ("days",)}
TEXTS = st.text(max_size=60) | st.from_regex(r"[A-Z]{2}[0-9A-Z .\-]{0,34}", fullmatch=True)
BYTES = st.binary(max_size=400) | st.text(max_size=400).map(str.encode)


@given(TEXTS)
@example("BE68539007547034")
@example("NL91ABNA0417164300")
@example("\N{ARABIC-INDIC DIGIT ONE}" * 16)
def test_an_account_number_is_good_or_refused(text: str) -> None:
    with contextlib.suppress(forms.ValidationError):
        found = valid_iban(text)
        assert valid_iban(found) == found
        assert found.isascii()


@given(st.sampled_from(["BE", "NL", "FR", "GR", "DE", "XX", ""]), TEXTS)
@example("BE", "\N{SUPERSCRIPT TWO}403019261")
@example("NL", "\N{ARABIC-INDIC DIGIT ONE}" * 8)
def test_numbers_of_the_law_are_good_or_refused(country: str, text: str) -> None:
    for read in (enterprise_number, vat_number):
        with contextlib.suppress(ValueError):
            found = read(country, text)
            assert read(country, found) == found
    with contextlib.suppress(ValueError):
        assert len(citizen_number(text)) == 9


def _workbook(rows: list[list[object]]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


GOOD = _workbook([["case", "days"], ["K7M2P9Q", 3.5], ["=1+1", "x"]])


@given(st.sampled_from(["x.csv", "x.xlsx", "x", "x.exe"]), BYTES)
@example("x.csv", b'case;days\n"open')
@example("x.csv", "case;days\nK;\N{NULL}".encode())
def test_any_table_is_read_or_refused(name: str, content: bytes) -> None:
    for read in (lambda: tables.read(name, content, HEADINGS, ["case"]), lambda: days_file.read(name, content)):
        with contextlib.suppress(UnreadableError):
            read()
    with contextlib.suppress(UnreadableError):
        people_file.read(name, content)


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=20))
def test_a_damaged_workbook_is_read_or_refused(place: int, damage: bytes) -> None:
    content = GOOD[:place] + damage + GOOD[place + len(damage) :]
    with contextlib.suppress(UnreadableError):
        tables.read("x.xlsx", content, HEADINGS, ["case"])


def _bomb(size: int) -> bytes:
    """Return a workbook whose sheet unfolds to so many bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as good, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        for one in good.infolist():
            bomb.writestr(one.filename, good.read(one))
        bomb.writestr("xl/media/image.png", b"0" * size)
    return file.getvalue()


def test_a_workbook_that_unfolds_too_far_is_refused_unread() -> None:
    content = _bomb(tables.LARGEST_UNPACKED + 1)
    assert len(content) < tables.LARGEST
    with pytest.raises(UnreadableError, match="size"):
        tables.read("x.xlsx", content, HEADINGS, ["case"])


NUMBERS = st.text(max_size=20) | st.decimals(allow_nan=True, allow_infinity=True).map(str)


@given(st.text(max_size=50), NUMBERS, NUMBERS, st.text(max_size=15), TEXTS)
@example("N\N{NULL}1", "1e400", "NaN", "31/02/2026", "+++123/4567/89002+++")
def test_what_finance_types_of_an_invoice_is_taken_or_refused(
    number: str, net: str, vat: str, day: str, reference: str
) -> None:
    form = EnteredForm(
        {
            "number": number, "issued_on": day, "net": net, "vat": vat, "supplier_number": number[:20],
            "customer_number": "BE0403019261", "reference": reference,
        }
    )  # fmt: skip
    if form.is_valid():
        assert form.claimed.total == Decimal(form.cleaned_data["net"]) + Decimal(form.cleaned_data["vat"])
    else:
        assert all(str(error) for errors in form.errors.values() for error in errors)
        assert form["number"].value() == number


def test_no_file_is_no_statement() -> None:
    assert "file" in StatementForm({}, {}).errors
