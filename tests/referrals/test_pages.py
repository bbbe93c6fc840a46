"""Pages: how many queries they make, what forms keep, what links do."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Member, Organisation
from referrals.models import Case, Curriculum
from referrals.services import consent
from tests.factories import MemberFactory
from tests.stories import PDF, Told, publish, recommend, tell

MOST_QUERIES = 12


@pytest.fixture
def people(organisation: Organisation) -> dict[str, Member]:
    return {
        "member": MemberFactory(organisation=organisation),
        "recruiter": MemberFactory(organisation=organisation, roles=["recruiter"]),
    }


def _signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def _recommend(organisation: Organisation, by: Member, numbers: range) -> None:
    with tenant(organisation.pk):
        for number in numbers:
            case, _ = recommend(organisation, by, timezone.localdate(), f"person{number}@mail.example")
            consent.agree(case=case, at=timezone.now())


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("member", "/here/referrals/"),
        ("recruiter", "/here/pipeline/"),
        ("recruiter", "/here/pipeline/list/"),
        ("recruiter", "/here/leads/"),
        ("member", "/here/earnings/"),
        ("recruiter", "/here/openings/"),
        ("recruiter", "/here/inbox/"),
    ],
)
def test_a_list_makes_as_many_queries_for_thirty_rows_as_for_one(
    organisation: Organisation, people: dict[str, Member], who: str, address: str
) -> None:
    with tenant(organisation.pk):
        publish()
    client, counts = _signed_in(people[who]), []
    for numbers in (range(1), range(1, 30)):
        _recommend(organisation, people["member"], numbers)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        counts.append(len([query for query in queries if "SAVEPOINT" not in query["sql"]]))
    assert counts[0] == counts[1] <= MOST_QUERIES


FORM = {"name": "An Peeters", "email": "an@mail.example", "known_as": "We worked together.", "language": "nl"}


def test_a_recommendation_by_the_form(organisation: Organisation, people: dict[str, Member]) -> None:
    with tenant(organisation.pk):
        publish()
    upload = SimpleUploadedFile("cv.pdf", PDF, "application/pdf")
    response = _signed_in(people["member"]).post("/here/referrals/new/", FORM | {"cv": upload})
    with tenant(organisation.pk):
        case = Case.objects.select_related("candidate").get()
        assert case.candidate is not None
        assert (case.candidate.name, case.candidate.language, Curriculum.objects.get().name) == (
            "An Peeters",
            "nl",
            "cv.pdf",
        )
    assert response.headers["Location"] == f"/here/referrals/{case.reference}/"


def test_a_mistake_is_shown_beside_its_field_and_keeps_what_was_typed(
    organisation: Organisation, people: dict[str, Member]
) -> None:
    upload = SimpleUploadedFile("cv.pdf", b"<html>", "application/pdf")
    response = _signed_in(people["member"]).post("/here/referrals/new/", FORM | {"email": "an@", "cv": upload})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Enter a valid email address." in page
    assert "This file is not what its name says." in page
    assert "We worked together." in page


@pytest.mark.parametrize(
    ("email", "answer"),
    [
        ("new@mail.example", "can be recommended"),
        ("an@mail.example", "known here already"),
        ("an", ""),
        ("an\0@mail.example", ""),
    ],
)
def test_the_check_says_whether_but_never_who(
    organisation: Organisation, people: dict[str, Member], email: str, answer: str
) -> None:
    introducer = MemberFactory(organisation=organisation, name="Secret Sender")
    with tenant(organisation.pk):
        publish()
        recommend(organisation, introducer, timezone.localdate())
    page = _signed_in(people["member"]).post("/here/referrals/check/", {"email": email}).content.decode()
    assert answer in page
    assert "Secret" not in page


@pytest.mark.parametrize("words", ["x" * 5000, "%27", "a b c d e f g"])
def test_no_search_makes_the_board_fail(told: Told, words: str) -> None:
    client = _signed_in(told.recruiter)
    assert client.get("/here/pipeline/", {"words": words, "opening": "9" * 30}).status_code == 200
    assert client.get("/here/pipeline/columns/interviewed/", {"after": "9" * 5000}).status_code == 200


@pytest.mark.parametrize("address", ["/here/pipeline/?words=%00", "/a%00b/", "/c/%00/"])
def test_a_nul_is_refused(told: Told, address: str) -> None:
    assert _signed_in(told.recruiter).get(address).status_code == 400


def test_the_person_reads_it_in_a_language_that_there_is(organisation: Organisation, people: dict[str, Member]) -> None:
    _, address = _link(organisation, people["member"])
    assert "beveelt je aan" in Client().get(address + "?language=nl").content.decode()
    assert "recommends you" in Client().get(address + "?language=xx-unknown").content.decode()


def test_a_link_takes_no_more_cvs_than_are_kept(organisation: Organisation, people: dict[str, Member]) -> None:
    _, address = _link(organisation, people["member"])
    pages = []
    for answer in ("cv", "agree", *["cv"] * 6):
        form = {"answer": answer, "cv": SimpleUploadedFile("cv.pdf", PDF)}
        pages.append(Client().post(address, form).content.decode())
    with tenant(organisation.pk):
        assert Curriculum.objects.count() == 5
    assert "as many as we keep" in pages[-1]


def test_the_check_cannot_be_asked_without_end(organisation: Organisation, people: dict[str, Member]) -> None:
    client = _signed_in(people["member"])
    with tenant(organisation.pk):
        publish()
    pages = [client.post("/here/referrals/check/", {"email": "an@mail.example"}).content.decode() for _ in range(61)]
    assert "can be recommended" in pages[59]
    assert "very often" in pages[60]


@pytest.fixture
def told(organisation: Organisation) -> Told:
    return tell(organisation)


def _link(organisation: Organisation, member: Member) -> tuple[Case, str]:
    with tenant(organisation.pk):
        publish()
        case, token = recommend(organisation, member, timezone.localdate(), known_as="A rare talent.")
    return case, f"/c/{token}/"


def _answer(organisation: Organisation, case: Case) -> str:
    with tenant(organisation.pk):
        return Case.objects.get(pk=case.pk).answer


def test_looking_at_a_link_changes_nothing(organisation: Organisation, people: dict[str, Member]) -> None:
    case, address = _link(organisation, people["member"])
    for method in (Client().get, Client().head):
        response = method(address)
        assert response.status_code == 200
        assert response.headers["Referrer-Policy"] == "strict-origin"
        assert "no-store" in response.headers["Cache-Control"]
    assert _answer(organisation, case) == ""


@pytest.mark.parametrize(("answer", "recorded"), [("agree", "consented"), ("decline", "consent_refused")])
def test_the_person_answers_by_the_link(
    organisation: Organisation, people: dict[str, Member], answer: str, recorded: str
) -> None:
    case, address = _link(organisation, people["member"])
    assert Client().post(address, {"answer": answer}).status_code == 200
    assert _answer(organisation, case) == recorded


def test_the_person_is_forgotten_by_the_link_which_then_leads_nowhere(
    organisation: Organisation, people: dict[str, Member]
) -> None:
    _, address = _link(organisation, people["member"])
    assert "erased" in Client().post(address, {"answer": "forget"}).content.decode()
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "a" * 22, "../../etc"])
def test_a_link_that_was_never_made_leads_nowhere(db: None, token: str) -> None:
    assert Client().get(f"/c/{token}/").status_code == 404


def test_a_members_case_is_not_another_members(told: Told) -> None:
    stranger = MemberFactory(organisation=told.organisation)
    address = f"/here/referrals/{told.case.reference}/"
    assert _signed_in(stranger).get(address).status_code == 404
    assert "42 of 60 days worked." in _signed_in(told.introducer).get(address).content.decode()


def test_a_cv_is_served_as_an_attachment_that_nothing_opens(told: Told) -> None:
    response = _signed_in(told.recruiter).get(f"/here/pipeline/{told.case.reference}/cv/{told.curriculum.pk}/")
    assert response.headers["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_who_moved_a_card_is_said_to_the_second(told: Told) -> None:
    case = told.case
    with tenant(told.organisation.pk):
        fresh, _ = recommend(told.organisation, told.introducer, timezone.localdate() - timedelta(3), "bo@mail.example")
        consent.agree(case=fresh, at=timezone.now())
    one, other = told.recruiter, MemberFactory(organisation=told.organisation, roles=["recruiter"])
    address = f"/here/pipeline/{fresh.reference}/move/"
    _signed_in(one).post(address, {"seen": "received", "to": "interviewed"})
    page = _signed_in(other).post(address, {"seen": "received", "to": "contacted"}, follow=True).content.decode()
    assert f"{one.name} was faster" in page
    assert case.stage == "working"
