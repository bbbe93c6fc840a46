"""A performer's turnover from a file: every line looked at, their own assignments only, all or nothing, the same file once."""

import html
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kernel.tables import amount_of
from members.models import Member, Organisation
from referrals import turnover_file
from referrals.models import Import, Placement
from referrals.selectors.assignments import turnover_of
from tests.factories import MemberFactory
from tests.stories_of_network import network, share, win

WON = date(2026, 2, 10)


@pytest.fixture
def femke(inside: Organisation) -> Member:
    network(inside)
    return MemberFactory(organisation=inside, name="Femke")


@pytest.fixture
def bas(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside, name="Bas")


@pytest.fixture
def landed(femke: Member, bas: Member) -> Placement:
    return win(share(femke), bas, on=WON)[0]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1200", "1200"),
        ("1200.5", "1200.5"),
        ("1200,50", "1200.50"),
        ("1.200,50", "1200.50"),
        ("1,200.50", "1200.50"),
        ("€ 12 500,00", "12500.00"),
        (1200.5, "1200.5"),
        ("-3,00", "-3.00"),
    ],
)
def test_amounts_are_read_as_people_write_them(cell: Any, amount: str) -> None:
    assert amount_of(cell) == Decimal(amount)


@pytest.mark.parametrize("cell", ["1,200", "1.200", "1.200.50", "twelve", "", None, True, float("nan"), "1e5", "٣"])
def test_what_could_be_two_amounts_is_none(cell: Any) -> None:
    assert amount_of(cell) is None


def test_a_line_says_what_is_wrong_with_it() -> None:
    lines = ["opdracht;maand;omzet", ";2026-03;1", "K1;x;1", "K1;2026-03;1.200", "K1;2026-03;-1", "K1;2026-03;1,00"]
    found = turnover_file.read("a.csv", "\n".join(lines).encode())
    assert [one.problems for one in found] == [
        ["no_case"], ["no_month"], ["no_amount"], ["odd_amount", "repeated"], ["repeated"]
    ]  # fmt: skip


def _look(client: Client, *lines: str) -> Any:
    content = "\n".join(("assignment;month;amount", *lines)).encode()
    return client.post("/here/assignments/import/", {"file": SimpleUploadedFile("a.csv", content)})


def _save(client: Client, looked: Any) -> str:
    signed = re.search(r'name="signed" value="([^"]*)"', looked.text)
    assert signed
    answer = client.post("/here/assignments/import/save/", {"signed": html.unescape(signed[1])}, follow=True)
    return str(answer.text)


def test_a_file_is_looked_at_and_then_recorded_as_a_whole(bas: Member, landed: Placement, client: Client) -> None:
    client.force_login(bas.user)
    reference = landed.case.reference
    lines = (f"{reference};2026-02;1000,00", f"{reference.lower()};03/2026;2.500,50")
    looked = _look(client, *lines)
    assert turnover_of([landed.pk]) == {}
    assert "2 months were recorded." in _save(client, looked)
    assert turnover_of([landed.pk]) == {
        (landed.pk, date(2026, 2, 1)): Decimal("1000.00"),
        (landed.pk, date(2026, 3, 1)): Decimal("2500.50"),
    }
    assert "Importing it again changes nothing." in _look(client, *lines).text
    corrected = _look(client, f"{reference};2026-02;900")
    assert "1 month was recorded." in _save(client, corrected)
    assert turnover_of([landed.pk])[landed.pk, date(2026, 2, 1)] == Decimal("900.00")


def test_one_bad_line_keeps_all_out(bas: Member, landed: Placement, client: Client) -> None:
    client.force_login(bas.user)
    reference = landed.case.reference
    page = _look(
        client, f"{reference};2026-02;1000", f"{reference};2026-01;1", f"{reference};2062-01;1", "XXXX;2026-02;1"
    )
    for said in (
        "before the assignment was landed",
        "still to come",
        "you landed no assignment",
        "3 lines have a problem",
    ):
        assert said in page.text
    assert 'name="signed"' not in page.text
    assert not Import.objects.exists()


def test_the_assignments_of_others_are_nobody_elses(femke: Member, landed: Placement, client: Client) -> None:
    client.force_login(femke.user)
    assert "you landed no assignment" in _look(client, f"{landed.case.reference};2026-02;1000").text


def test_a_preview_is_good_for_who_looked(bas: Member, femke: Member, landed: Placement, client: Client) -> None:
    client.force_login(bas.user)
    looked = _look(client, f"{landed.case.reference};2026-02;1000")
    client.force_login(femke.user)
    assert "too old" in _save(client, looked)
    assert turnover_of([landed.pk]) == {}
