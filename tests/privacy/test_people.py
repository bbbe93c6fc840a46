"""What was kept long enough is deleted, and said beforehand."""

import io
import json
import os
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from members.models import Member, Organisation
from notices.services import send_all
from payouts.models import Payable
from payouts.services import paying
from privacy.selectors.erasable import lead_texts_due, outlook
from privacy.services import files
from referrals.models import Candidate, Case, Curriculum, Deletion, Erased, Fact, Note
from referrals.pipeline import Stage
from referrals.selectors.retention import people_due
from referrals.services import consent, curricula, erasing, leads, moves, retaining
from tests.factories import MemberFactory
from tests.stories import PDF, at, publish, recommend

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def here(inside: Organisation) -> Organisation:
    publish()
    return inside


def ended(here: Organisation, by: Member, on: date, email: str = "an@mail.example") -> Case:
    """Have somebody recommended, with a CV, and rejected on a day."""
    case, _ = recommend(here, by, on - timedelta(10), email=email, known_as="We worked together.")
    upload = SimpleUploadedFile("cv.pdf", PDF, "application/pdf")
    curricula.keep(candidate=case.candidate, upload=upload, at=at(on))
    moves.end(case=case, how=Stage.REJECTED, reason="profile", text="No.", on=on, by=by, at=at(on))
    return case


def due(here: Organisation, on: date) -> list[str]:
    return sorted(people_due(here, on).values_list("email", flat=True))


def test_people_go_when_their_last_case_ended_long_enough_ago(here: Organisation, recruiter: Member) -> None:
    case = ended(here, recruiter, date(2024, 11, 20))
    assert (due(here, TODAY - timedelta(1)), due(here, TODAY)) == ([], ["an@mail.example"])
    retaining.delete_due(organisation=here, at=at(TODAY))
    case.candidate.refresh_from_db()
    assert (case.candidate.name, case.candidate.email, Note.objects.count()) == ("", "", 0)
    assert case.candidate.erased_at
    assert list(Fact.objects.filter(case=case).values_list("kind", flat=True)) == ["submitted", "rejected"]
    assert list(Deletion.objects.values_list("kind", "count").order_by("kind")) == [("cvs", 1), ("people", 1)]
    assert not Erased.objects.exists()  # nobody asked never to be written to


def test_who_has_a_case_that_runs_or_ended_lately_stays(here: Organisation, recruiter: Member) -> None:
    other = MemberFactory(organisation=here)
    ended(here, recruiter, date(2021, 1, 1))
    recommend(here, other, date(2026, 1, 1))  # the same address, and this one runs
    ended(here, recruiter, date(2021, 1, 1), "bo@mail.example")
    ended(here, other, date(2026, 1, 1), "bo@mail.example")
    ended(here, recruiter, date(2021, 1, 1), "cy@mail.example")
    assert due(here, TODAY) == ["cy@mail.example"]


def test_who_never_answered_goes_too_and_the_case_is_closed(here: Organisation, recruiter: Member) -> None:
    case, _ = recommend(here, recruiter, date(2024, 11, 20))
    agreed, _ = recommend(here, recruiter, date(2024, 11, 20), email="bo@mail.example")
    consent.agree(case=agreed, at=at(date(2024, 11, 21)))
    assert (due(here, TODAY - timedelta(1)), due(here, TODAY)) == ([], ["an@mail.example"])
    retaining.delete_due(organisation=here, at=at(TODAY))
    case.refresh_from_db()
    agreed.refresh_from_db()
    assert (case.stage, agreed.is_over) == ("closed", False)
    assert case.candidate.erased_at


def test_who_is_merged_with_someone_who_has_another_address_stays_too(here: Organisation, recruiter: Member) -> None:
    old, into = (ended(here, recruiter, date(2021, 1, 1), f"{n}@mail.example").candidate for n in ("old", "into"))
    Candidate.objects.filter(pk=old.pk).update(merged_into=into)
    recommend(here, MemberFactory(organisation=here), date(2026, 1, 1), email="into@mail.example")
    assert due(here, TODAY) == []


def test_who_is_merged_with_someone_stays_with_them(here: Organisation, recruiter: Member) -> None:
    old = ended(here, recruiter, date(2021, 1, 1)).candidate
    running, _ = recommend(here, recruiter, date(2026, 1, 1), email="other@mail.example")
    Candidate.objects.filter(pk=old.pk).update(merged_into=running.candidate)
    assert due(here, TODAY) == []


def test_cvs_go_earlier_with_their_files(
    here: Organisation, recruiter: Member, django_capture_on_commit_callbacks: Any
) -> None:
    case = ended(here, recruiter, date(2025, 6, 1))
    path = Path(Curriculum.objects.get().file.path)
    with django_capture_on_commit_callbacks(execute=True):
        retaining.delete_due(organisation=here, at=at(TODAY))
    assert (Curriculum.objects.count(), path.exists()) == (0, False)
    case.candidate.refresh_from_db()
    assert case.candidate.name == "An Peeters"


def test_the_page_says_what_is_about_to_go(here: Organisation, recruiter: Member) -> None:
    ended(here, recruiter, date(2024, 11, 10))
    ended(here, recruiter, date(2024, 12, 10), "bo@mail.example")
    said = outlook(here, TODAY)
    assert [(one.what, one.tonight, one.soon) for one in said[:2]] == [("people", 1, 2), ("cvs", 2, 2)]


def test_a_look_at_other_periods_keeps_nothing(here: Organisation) -> None:
    client = Client()
    client.force_login(MemberFactory(organisation=here, roles=["administrator"]).user)
    periods = {"keep_people_months": 6, "keep_cvs_months": 3, "keep_members_months": 24}
    page = client.post("/here/settings/retention/", periods | {"look": "1"}).content.decode()
    assert "not saved yet" in page
    here.refresh_from_db()
    assert here.keep_people_months == 24
    client.post("/here/settings/retention/", periods)
    here.refresh_from_db()
    assert (here.keep_people_months, here.keep_cvs_months) == (6, 3)
    page = client.post("/here/settings/retention/", periods | {"keep_cvs_months": 1})
    assert (page.status_code, "greater than or equal to 3" in page.content.decode()) == (422, True)


@pytest.mark.django_db(transaction=True)
def test_each_night_every_organisation_looks(organisation: Organisation) -> None:
    from kernel import work
    from kernel.tenancy import tenant

    recruiter = MemberFactory(organisation=organisation, roles=["recruiter"])
    with tenant(organisation.pk):
        publish()
        ended(organisation, recruiter, timezone.localdate() - timedelta(1000))
    work.note_nightly()
    work.sweep()
    with tenant(organisation.pk):
        assert Candidate.objects.get().erased_at


def test_a_person_gets_all_that_is_held_of_them_by_their_link(here: Organisation, recruiter: Member) -> None:
    case, token = recommend(here, recruiter, TODAY, known_as="We worked together.")
    upload = SimpleUploadedFile("cv.pdf", PDF, "application/pdf")
    curricula.keep(candidate=case.candidate, upload=upload, at=at(TODAY))
    client = Client()
    archive = zipfile.ZipFile(io.BytesIO(client.post(f"/c/{token}/data/").content))
    data = json.loads(archive.read("data.json"))
    assert data["person"][0]["email"] == "an@mail.example"
    assert data["recommendations"][0]["recommended_by"] == recruiter.name
    assert data["recommendations"][0]["texts"][0]["text"] == "We worked together."
    assert any(archive.read(name) == PDF for name in archive.namelist())
    assert client.post(f"/c/{token[:-2]}xx/data/").status_code == 404
    client.force_login(recruiter.user)
    assert client.post(f"/here/pipeline/{case.reference}/data/").status_code == 200
    client.force_login(MemberFactory(organisation=here).user)
    assert client.post(f"/here/pipeline/{case.reference}/data/").status_code == 403


def test_that_a_person_was_informed_is_recorded_when_the_mail_went(here: Organisation, recruiter: Member) -> None:
    case, _token = recommend(here, recruiter, timezone.localdate())
    assert case.informed_at is None
    send_all(organisation_id=here.pk)
    case.refresh_from_db()
    assert case.informed_at
    said = next(one.body for one in mail.outbox if one.to == ["an@mail.example"])
    assert recruiter.name in said
    assert "object at any time" in said


def test_what_finance_wrote_goes_with_the_person(inside: Organisation, proposed: Payable, checker: Member) -> None:
    paying.send_back(payable=proposed, because="An Peeters was known to us.", on=TODAY, by=checker)
    erasing.erase(organisation=inside, people=[proposed.entitlement.case.candidate], at=timezone.now())
    proposed.refresh_from_db()
    assert proposed.sent_back_because == ""
    assert not Payable.pgh_event_model.objects.exclude(sent_back_because="").exists()


def test_texts_of_leads_go_when_they_ended_long_ago(inside: Organisation, member: Member) -> None:
    publish("new_business")
    case = leads.bring_in(client_name="Kadewinkel", about="Ask for Bo.", by=member, at=at(date(2024, 1, 1)))
    moves.end(case=case, how=Stage.REJECTED, reason="profile", text="No.", on=date(2024, 1, 9), by=member, at=at(TODAY))
    assert not lead_texts_due(inside, date(2026, 1, 8)).exists()
    assert lead_texts_due(inside, date(2026, 1, 9)).count() == 2


def test_files_that_nothing_names_go(here: Organisation, recruiter: Member) -> None:
    case, _token = recommend(here, recruiter, TODAY)
    upload = SimpleUploadedFile("cv.pdf", PDF, "application/pdf")
    kept = Path(curricula.keep(candidate=case.candidate, upload=upload, at=at(TODAY)).file.path)
    orphan, young = kept.with_name("orphan"), kept.with_name("young")
    for path in (orphan, young):
        path.write_bytes(PDF)
    for path in (kept, orphan):
        os.utime(path, (0, 0))
    assert files.delete_orphans(organisation=here, at=timezone.now()) == 1
    assert (kept.exists(), orphan.exists(), young.exists()) == (True, False, True)
    young.unlink()
