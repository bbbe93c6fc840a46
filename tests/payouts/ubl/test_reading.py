"""What is written can be read again; what is no invoice is refused in words, whatever it is."""

import contextlib
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.xml import RefusedXmlError
from payouts.ubl.invoice import Invoice, Kind
from payouts.ubl.reading import NotUblError, read
from payouts.ubl.writing import write
from payouts.vat import VatCase
from tests.payouts.ubl.papers import paper, papers

WRITTEN = write(paper(VatCase.STANDARD))
TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=60).map(str.strip).filter(bool)
CENTS = st.decimals(Decimal("0.01"), Decimal(100_000), places=2)


@pytest.mark.parametrize(("name", "invoice"), list(papers()))
def test_what_is_written_is_read_as_it_was(name: str, invoice: Invoice) -> None:
    assert read(write(invoice)) == invoice


@given(st.sampled_from(VatCase), st.sampled_from(Kind), st.booleans(), st.lists(CENTS, min_size=1, max_size=5), TEXT)
def test_any_names_and_amounts_are_read_as_they_were(
    case: VatCase, kind: Kind, self_billed: bool, amounts: list[Decimal], name: str
) -> None:
    invoice = paper(case, kind, self_billed, amounts=" ".join(map(str, amounts)))
    invoice = replace(invoice, supplier=replace(invoice.supplier, name=name), note=f"{invoice.note} {name}".strip())
    assert read(write(invoice)) == invoice


def test_the_same_document_gives_the_same_bytes() -> None:
    assert write(paper(VatCase.STANDARD)) == WRITTEN


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_anything_else_is_refused_in_a_word(content: bytes) -> None:
    with pytest.raises((RefusedXmlError, NotUblError)):
        read(content)


@given(st.data())
def test_a_damaged_invoice_is_read_or_refused(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(WRITTEN) - 1))
    end = data.draw(st.integers(start, min(start + 200, len(WRITTEN))))
    damaged = WRITTEN[:start] + data.draw(st.binary(max_size=20)) + WRITTEN[end:]
    with contextlib.suppress(RefusedXmlError, NotUblError):
        assert isinstance(read(damaged), Invoice)


@pytest.mark.parametrize(
    "head",
    [
        b'<!DOCTYPE Invoice [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE Invoice SYSTEM "http://elsewhere.example/x.dtd">',
        b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
def test_entities_and_references_are_refused(head: bytes) -> None:
    prolog, rest = WRITTEN.split(b"?>\n", 1)
    with pytest.raises(RefusedXmlError):
        read(prolog + b"?>\n" + head + rest)
