"""Days worked from a file: every line looked at, all or nothing, the same file once."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kernel import tables
from kernel.tables import UnreadableError
from kernel.tenancy import tenant
from members.models import Organisation
from referrals import days_file
from referrals.models import Fact, Import
from referrals.selectors.timelines import live_facts
from referrals.services import importing, placements
from tests.stories import Told, tell

MONTH = date(2026, 3, 1)


@pytest.fixture
def told(organisation: Organisation) -> Told:
    return tell(organisation)


def _csv(*lines: str) -> bytes:
    return "\n".join(("Dossier;Maand;Dagen", *lines)).encode()


def _xlsx(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in (("case", "month", "days"), *rows):
        book.active.append(row)  # type: ignore[union-attr]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("days.csv", _csv("K7Q3M9X;2026-03;20,5")),
        ("days.csv", _csv("k7q3m9x;03/2026;20.5", "")),
        ("days.csv", "case,month,days\nK7Q3M9X,2026-03-31,20.5\n".encode("utf-8-sig")),
        ("DAYS.XLSX", _xlsx(("K7Q3M9X", date(2026, 3, 31), 20.5))),
    ],
)
def test_lines_are_read_as_people_write_them(name: str, content: bytes) -> None:
    (line,) = days_file.read(name, content)
    assert (line.case, line.month, line.days, line.problems) == ("K7Q3M9X", MONTH, Decimal("20.5"), [])


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (";2026-03;1", "no_case"),
        ("K7Q3M9X;March;1", "no_month"),
        ("K7Q3M9X;2026-13;1", "no_month"),
        ("K7Q3M9X;2026-03;many", "no_days"),
        ("K7Q3M9X;2026-03;NaN", "no_days"),
        ("K7Q3M9X;2026-03;32", "odd_days"),
        ("K7Q3M9X;2026-03;-1", "odd_days"),
        ("K7Q3M9X;2026-03;1.3", "odd_days"),
    ],
)
def test_each_line_says_what_is_wrong_in_it(cells: str, problem: str) -> None:
    assert days_file.read("days.csv", _csv(cells))[0].problems == [problem]


def test_a_month_that_stands_twice_is_wrong() -> None:
    lines = days_file.read("days.csv", _csv("K7Q3M9X;2026-03;1", "K7Q3M9X;2026-03;2"))
    assert [line.problems for line in lines] == [[], ["repeated"]]
    unread = days_file.read("days.csv", _csv("K7Q3M9X;March;1", "K7Q3M9X;April;2"))
    assert [line.problems for line in unread] == [["no_month"], ["no_month"]]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("days.pdf", b"%PDF", "type"),
        ("days.csv", b"", "size"),
        ("days.csv", b"x" * (tables.LARGEST + 1), "size"),
        ("days.csv", b"a;b;c\n1;2;3", "headings"),
        ("days.csv", _csv(), "empty"),
        ("days.csv", _csv(*["K7Q3M9X;2026-03;1"] * 5001), "too_long"),
        ("days.xlsx", b"PK not a zip", "content"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(name: str, content: bytes, code: str) -> None:
    with pytest.raises(UnreadableError, match=f"^{code}$"):
        days_file.read(name, content)


def _upload(told: Told, content: bytes) -> tuple[Client, str]:
    client = Client()
    client.force_login(told.recruiter.user)
    page = client.post("/here/pipeline/days/", {"file": SimpleUploadedFile("days.csv", content)})
    return client, page.content.decode()


def _signed(page: str) -> str:
    return page.split('name="signed" value="')[1].split('"')[0]


def _months(told: Told) -> dict[date, Decimal]:
    with tenant(told.organisation.pk):
        worked = live_facts([told.case.pk]).filter(kind="worked")
        return {fact.on.replace(day=1): Decimal(fact.values["days"]) for fact in worked}


def test_looking_saves_nothing_and_recording_saves_all(told: Told) -> None:
    today = timezone.localdate()
    client, page = _upload(told, _csv(f"{told.case.reference};{today:%Y-%m};7.5"))
    before = _months(told)
    assert "1 month changes." in page
    client.post("/here/pipeline/days/save/", {"signed": _signed(page)})
    assert _months(told) == before | {today.replace(day=1): Decimal("7.5")}


def test_what_nobody_understands_is_shown_as_it_was_typed(told: Told) -> None:
    page = _upload(told, _csv(f"{told.case.reference};Marhc;seven"))[1]
    assert "<td>Marhc</td>" in page
    assert '<td class="number">seven</td>' in page


def test_the_same_file_twice_does_nothing(told: Told) -> None:
    content = _csv(f"{told.case.reference};{timezone.localdate():%Y-%m};7.5")
    client, page = _upload(told, content)
    for _ in range(2):
        answer = client.post("/here/pipeline/days/save/", {"signed": _signed(page)}, follow=True).content.decode()
    assert "nothing was changed" in answer
    with tenant(told.organisation.pk):
        assert (Import.objects.count(), Fact.objects.filter(values__days="7.5").count()) == (1, 1)
    assert "Importing it again changes nothing." in _upload(told, content)[1]


def test_one_bad_line_keeps_all_from_being_recorded(told: Told) -> None:
    today = timezone.localdate()
    good = f"{told.case.reference};{today:%Y-%m};7.5"
    _client, page = _upload(told, _csv(good, "B2B2B2B;2026-03;5", f"{told.case.reference};2001-01;5"))
    for said in ("2 lines have a problem.", "no case has this reference", "before the first day at work"):
        assert said in page
    assert 'name="signed"' not in page


def test_a_preview_is_good_for_the_one_who_looked(told: Told) -> None:
    _client, page = _upload(told, _csv(f"{told.case.reference};{timezone.localdate():%Y-%m};7.5"))
    other = Client()
    other.force_login(told.introducer.user)
    assert other.post("/here/pipeline/days/save/", {"signed": _signed(page)}).status_code == 403
    client, _page = _upload(told, _csv("x;y;z"))
    answer = client.post("/here/pipeline/days/save/", {"signed": "forged"}, follow=True).content.decode()
    assert "Choose the file again." in answer


def test_a_long_file_takes_as_many_queries_as_a_short_one(organisation: Organisation, told: Told) -> None:
    def queries(months: int, days: int) -> int:
        lines = [f"{told.case.reference};{2026 - n // 12}-{12 - n % 12:02};{days}" for n in range(14, 14 + months)]
        with tenant(organisation.pk):
            placements.start(
                placement=told.placement, on=date(2020, 1, 1), probation_ends=None, by=told.recruiter, at=timezone.now()
            )
            looked = days_file.read("days.csv", _csv(*lines))
            with CaptureQueriesContext(connection) as captured:
                importing.import_days(
                    lines=looked, name="days.csv", sha256=str(days), by=told.recruiter, at=timezone.now()
                )
        return len(captured)

    queries(30, days=10)
    assert queries(2, days=11) == queries(30, days=12)
