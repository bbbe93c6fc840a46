"""Interviews, the yes to an assignment before a client sees anything, and the profile."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from kernel.tenancy import tenant
from members.models import Member, Organisation
from referrals.models import Case, Interview, Presentation
from referrals.models import Client as Company
from referrals.pipeline import Stage
from referrals.services import consent, interviews, moves, presentations
from tests.stories import agree_to_be_presented, publish, recommend

NOW = timezone.now()


@pytest.fixture
def case(inside: Organisation, member: Member) -> Case:
    publish()
    case, _ = recommend(inside, member, timezone.localdate() - timedelta(5))
    consent.agree(case=case, at=NOW)
    return case


@pytest.fixture
def company(inside: Organisation) -> Company:
    return Company.objects.create(name="Havenbedrijf")


def _plan(case: Case, by: Member) -> Interview:
    return interviews.plan(case=case, starts_at=NOW - timedelta(1), place="Kaai 1", client=None, by=by, at=NOW)


def test_an_interview_that_was_held_is_a_fact_of_its_own_day(case: Case, recruiter: Member) -> None:
    interviews.hold(interview=_plan(case, recruiter), by=recruiter, at=NOW)
    case.refresh_from_db()
    assert (case.stage, case.stage_since) == ("interviewed", timezone.localdate(NOW - timedelta(1)))


def test_a_second_interview_adds_no_second_fact(case: Case, recruiter: Member) -> None:
    for _ in range(2):
        interviews.hold(interview=_plan(case, recruiter), by=recruiter, at=NOW)
    assert case.facts.filter(kind="interviewed").count() == 1


def test_what_became_of_an_interview_is_said_once(case: Case, recruiter: Member) -> None:
    interview = _plan(case, recruiter)
    interviews.cancel(interview=interview, by=recruiter, at=NOW)
    with pytest.raises(interviews.StateChangedError):
        interviews.hold(interview=interview, by=recruiter, at=NOW)


def test_nobody_is_presented_before_they_agreed_to_an_assignment(
    case: Case, company: Company, recruiter: Member
) -> None:
    def present() -> None:
        moves.move(case=case, seen=Stage.RECEIVED, to=Stage.PRESENTED, on=timezone.localdate(), by=recruiter, at=NOW)

    asked = presentations.ask(case=case, client=company, title="Tester", about="", by=recruiter, at=NOW)
    with pytest.raises(moves.NotAgreedError):
        present()
    presentations.answer(case=case, presentation_id=asked.pk, agreed=True, at=NOW)
    present()
    assert case.stage == "presented"


def test_nobody_is_asked_twice_about_one_assignment(case: Case, company: Company, recruiter: Member) -> None:
    presentations.ask(case=case, client=company, title="Tester", about="", by=recruiter, at=NOW)
    with pytest.raises(presentations.NotAskableError):
        presentations.ask(case=case, client=company, title="Tester", about="", by=recruiter, at=NOW)


def test_another_persons_assignment_cannot_be_answered(
    inside: Organisation, case: Case, company: Company, member: Member, recruiter: Member
) -> None:
    other, _ = recommend(inside, member, timezone.localdate(), "bo@mail.example")
    asked = presentations.ask(case=case, client=company, title="Tester", about="", by=recruiter, at=NOW)
    assert presentations.answer(case=other, presentation_id=asked.pk, agreed=True, at=NOW) is None
    assert Presentation.objects.get().answer == ""


def test_the_person_answers_about_an_assignment_by_the_link(
    organisation: Organisation, member: Member, recruiter: Member
) -> None:
    publish()
    case, token = recommend(organisation, member, timezone.localdate())
    consent.agree(case=case, at=NOW)
    company = Company.objects.create(name="Havenbedrijf")
    asked = presentations.ask(case=case, client=company, title="Tester", about="Six months.", by=recruiter, at=NOW)
    page = Client().get(f"/c/{token}/").content.decode()
    assert "Six months." in page
    Client().post(f"/c/{token}/", {"answer": "assignment_yes", "presentation": asked.pk})
    assert Presentation.objects.get().answer == "agreed"


def test_a_profile_is_one_page_and_only_for_an_assignment_that_was_agreed_to(
    inside: Organisation, case: Case, company: Company, recruiter: Member
) -> None:
    client = Client()
    client.force_login(recruiter.user)
    agreed = agree_to_be_presented(case, company, recruiter, NOW)
    waiting = presentations.ask(case=case, client=company, title="Other", about="", by=recruiter, at=NOW)
    address = f"/here/pipeline/{case.reference}/presentations"
    assert client.get(f"{address}/{waiting.pk}/pdf/").status_code == 404
    pdf = PdfReader(io.BytesIO(client.get(f"{address}/{agreed.pk}/pdf/").content))
    text = " ".join(pdf.pages[0].extract_text().split())
    assert len(pdf.pages) == 1
    for said in ("An Peeters", "Recommended by a freelancer", "Builds what lasts", "Havenbedrijf"):
        assert said in text
    assert "an@mail.example" not in text
    consent.decline(case=case, at=NOW)
    assert client.get(f"{address}/{agreed.pk}/pdf/").status_code == 404


def test_being_forgotten_erases_profile_and_meetings(
    organisation: Organisation, case: Case, company: Company, recruiter: Member
) -> None:
    agree_to_be_presented(case, company, recruiter, NOW)
    _plan(case, recruiter)
    with tenant(organisation.pk):
        consent.forget(organisation=organisation, case=case, at=NOW)
    assert (Presentation.objects.count(), Interview.objects.count(), case.candidate.profiles.count()) == (0, 0, 0)  # type: ignore[union-attr]
