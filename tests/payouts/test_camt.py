"""Bank statements as banks write them, read into movements; and whatever else somebody uploads, refused in a word."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.xml import RefusedXmlError
from payouts.sepa import references
from payouts.sepa.camt import NotCamtError, Statement, read
from tests.bank import OURS, Entry, camt_of

D = Decimal
REFERENCE = references.ogm(2600000001)
SOME = [
    Entry(D("-1452.00"), "B000001-00001", name="An Peeters"),
    Entry(D("60.50"), reference=references.written(REFERENCE), name="Lotte Claes"),
    Entry(D("1452.00"), "B000001-00001", returned="AC04"),
    Entry(D("20.00"), text=f"betaling {references.written(REFERENCE)} dank"),
]


@pytest.mark.parametrize("version", ["02", "08"])
def test_every_version_is_read_alike(version: str) -> None:
    (statement,) = read(camt_of(SOME, version=version))
    assert (statement.iban, statement.opened, statement.closed) == (OURS, D("1000.00"), D("1080.50"))
    assert statement.adds_up
    went, came, back, typed = statement.movements
    assert (went.amount, went.end_to_end_id, went.name, went.is_return) == (
        D("-1452.00"),
        "B000001-00001",
        "An Peeters",
        False,
    )
    assert (came.amount, came.reference, came.name, came.end_to_end_id) == (D("60.50"), REFERENCE, "Lotte Claes", "")
    assert (back.is_return, back.return_reason) == (True, "AC04")
    assert typed.reference == REFERENCE


def test_what_is_missing_from_a_statement_shows_in_its_balances() -> None:
    (statement,) = read(camt_of(SOME, off="0.01"))
    assert not statement.adds_up


def test_a_movement_is_known_again_in_another_statement() -> None:
    (first,), (second,) = read(camt_of(SOME)), read(camt_of(SOME[:1], identifier="another"))
    assert second.movements[0].key == first.movements[0].key
    assert len({one.key for one in first.movements}) == len(SOME)


def test_an_entry_whose_details_do_not_make_it_up_is_one_movement() -> None:
    content = camt_of(SOME[:1]).replace(b"<TxDtls>", b'<TxDtls><Amt Ccy="EUR">7.00</Amt>', 1)
    (statement,) = read(content)
    assert [one.amount for one in statement.movements] == [D("-1452.00")]


def test_what_is_not_booked_yet_is_passed_over() -> None:
    (statement,) = read(camt_of(SOME).replace(b"<Cd>BOOK</Cd>", b"<Cd>PDNG</Cd>"))
    assert statement.movements == ()


@pytest.mark.parametrize(
    ("before", "after", "element"),
    [
        (b"camt.053.001", b"camt.052.001", "Document"),
        (b"<Stmt>", b"<Rpt>", None),
        (b"CRDT", b"XXXX", "CdtDbtInd"),
        (b'"EUR">1452.00', b'"EUR">1452.001', "Amt"),
        (b'"EUR">1452.00', b'"EUR">NaN', "Amt"),
        (b'"EUR">1452.00', b'"EUR">1E+30', "Amt"),
        (b"<IBAN>BE68539007547034</IBAN></Id></Acct>\n", b"</Id></Acct>\n", "IBAN"),
    ],
)
def test_what_is_no_statement_is_refused_with_the_element(before: bytes, after: bytes, element: str | None) -> None:
    content = camt_of(SOME).replace(before, after)
    assert content != camt_of(SOME)
    with pytest.raises((NotCamtError, RefusedXmlError), match=element):
        read(content)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises((RefusedXmlError, NotCamtError)):
        read(content)


@given(st.data())
def test_a_damaged_statement_is_read_or_refused(data: st.DataObject) -> None:
    content = camt_of(SOME)
    start = data.draw(st.integers(0, len(content) - 1))
    end = data.draw(st.integers(start, min(start + 120, len(content))))
    with contextlib.suppress(RefusedXmlError, NotCamtError):
        assert isinstance(read(content[:start] + data.draw(st.binary(max_size=20)) + content[end:])[0], Statement)


def test_entities_are_refused() -> None:
    prolog, rest = camt_of(SOME).split(b"?>\n", 1)
    with pytest.raises(RefusedXmlError):
        read(prolog + b'?>\n<!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rest)


def test_entries_that_the_bank_did_not_number_are_known_again_and_told_apart() -> None:
    same = Entry(D(10), text="Dues", bank_reference="NOTPROVIDED")
    (daily,), (monthly,) = (read(camt_of([same, same], identifier=name)) for name in ("day", "month"))
    keys = [one.key for one in daily.movements]
    assert len(set(keys)) == 2
    assert keys == [one.key for one in monthly.movements]


def test_entries_without_a_number_are_told_apart_by_who_paid() -> None:
    first = Entry(Decimal("60.50"), text="Dues", name="An Peeters", iban="BE71096123456769")
    other = Entry(Decimal("60.50"), text="Dues", name="Bo Maes", iban="BE68539007547034")
    keys = []
    for one in (first, other):
        content = camt_of([one]).replace(b"<AcctSvcrRef>R0</AcctSvcrRef>", b"")
        (statement,) = read(content)
        keys += [movement.key for movement in statement.movements]
    assert len(set(keys)) == 2


def test_a_statement_without_balances_is_refused() -> None:
    content = camt_of([Entry(D(10))]).replace(b"<Cd>CLBD</Cd>", b"<Cd>ITBD</Cd>")
    with pytest.raises(NotCamtError, match="Bal"):
        read(content)


def test_an_entry_that_the_bank_numbered_is_one_in_however_many_statements_of_a_file() -> None:
    once = camt_of([Entry(Decimal("7.00"), bank_reference="R77")]).decode()
    statement = once[once.index("<Stmt>") : once.index("</Stmt>") + len("</Stmt>")]
    first, second = read(once.replace(statement, statement + statement).encode())
    assert [one.key for one in first.movements] == [one.key for one in second.movements]
