"""A member gets all that is held of them, and is erased without the books noticing."""

import io
import json
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Member, Membership, Organisation
from members.services import people
from notices.services import send_all
from payouts.models import Document, Entitlement, Payable, Payee
from payouts.selectors import books
from payouts.selectors.auditing.everything import differences
from payouts.services import charging, issuing, paying, rendering, settings
from privacy.selectors import erasable
from privacy.services import erasing, retaining
from privacy.wording import NOT_ERASED
from referrals.models import Deletion
from tests.factories import MemberFactory, OrganisationFactory
from tests.stories import payee_of, tell
from tests.stories_of_money import tell_of_money

TODAY = timezone.localdate()
BSN = "111222333"


@pytest.fixture
def boss(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside, roles=["administrator"])


@pytest.fixture
def gone(inside: Organisation, invoiced: Payable, checker: Member, boss: Member) -> Member:
    """Somebody who was paid, and left."""
    payee_of(inside, invoiced.member, bsn=BSN, born_on=date(1990, 1, 1))
    paying.mark_paid(payable=invoiced, on=TODAY, reference="X", by=checker, at=timezone.now())
    people.leave(organisation=inside, member=invoiced.member, on=TODAY, by=boss, at=timezone.now())
    send_all(organisation_id=inside.pk)
    return Member.objects.select_related("user").get(pk=invoiced.member_id)


def _holds(text: str) -> list[str]:
    """Return the tables of the organisation in which a text stands in clear, documents as issued aside."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text LIKE %s', [f"%{text}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return sorted(found)


def test_erased_somebody_is_named_by_the_documents_alone(inside: Organisation, gone: Member) -> None:
    name, email = gone.name, gone.user.email
    assert "members_member" in _holds(name)
    before = [(one.kind, one.amount) for one in books.balances()]
    erasing.erase_member(member=gone, at=timezone.now())
    assert set(_holds(name)) <= {
        "payouts_agreement", "payouts_document", "payouts_payment", "payouts_paymentevent"
    }  # fmt: skip
    assert _holds(email) == []
    assert [(one.kind, one.amount) for one in books.balances()] == before
    assert list(differences()) == []
    gone.refresh_from_db()
    payee = Payee.objects.get()
    assert (gone.name, payee.iban, payee.bsn, payee.born_on) == (f"M-{gone.pk:05d}", "", "", None)
    history = Payee.pgh_event_model.objects.values_list("iban", "bsn").distinct()
    assert list(history) == [("", "")]
    assert not gone.user.is_active


def test_an_account_of_two_organisations_stays_for_the_other(
    inside: Organisation, elsewhere: Organisation, gone: Member
) -> None:
    Membership.objects.create(user=gone.user, organisation=elsewhere)
    erasing.erase_member(member=gone, at=timezone.now())
    gone.user.refresh_from_db()
    assert gone.user.is_active
    assert not gone.user.email.endswith(".invalid")


def _obstacle(member: Member) -> str:
    return erasable.obstacles([Member.objects.get(pk=member.pk)])[member.pk]


def test_who_is_still_owed_or_owes_something_is_not_erased(
    inside: Organisation, due: Entitlement, maker: Member, checker: Member, boss: Member
) -> None:
    member = due.case.introducer
    assert _obstacle(member) == "present"
    people.leave(organisation=inside, member=member, on=TODAY, by=boss, at=timezone.now())
    assert _obstacle(member) == "owed"
    (payable,) = paying.propose(entitlements=[due.pk], by=maker, at=timezone.now())
    paying.approve(payables=[payable.pk], on=TODAY, by=checker, at=timezone.now())
    payee_of(inside, member)
    issuing.issue_all(organisation=inside, at=timezone.now())
    with pytest.raises(erasing.CannotBeErasedError, match="owed"):
        erasing.erase_member(member=Member.objects.get(pk=member.pk), at=timezone.now())
    paying.mark_paid(payable=payable, on=TODAY, reference="X", by=checker, at=timezone.now())
    settings.save(organisation=inside, fields={"iban": "BE68539007547034"})
    fields = {"member": member, "kind": "dues", "description": "Q4", "amount": Decimal(50), "supplied_on": TODAY}
    charging.charge(organisation=inside, fields=fields, by=None, at=timezone.now())
    issuing.issue_all(organisation=inside, at=timezone.now())
    assert _obstacle(member) == "owes"
    assert set(NOT_ERASED) >= {"present", "owed", "owes"}


def test_what_can_still_be_earned_keeps_somebody(organisation: Organisation) -> None:
    from payouts.services import assessing

    told = tell(organisation)
    assessing.assess_due(organisation_id=organisation.pk, at=timezone.now())
    with tenant(organisation.pk):
        Member.objects.filter(pk=told.introducer.pk).update(left_on=TODAY)
        assert _obstacle(told.introducer) == "running"


def test_many_leavers_take_no_more_queries(inside: Organisation) -> None:
    def count(number: int) -> int:
        found = [MemberFactory(organisation=inside) for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            erasable.obstacles(found)
        return len(queries)

    assert count(1) == count(7)


def test_members_are_erased_so_long_after_they_left(inside: Organisation, gone: Member) -> None:
    two_years = TODAY + timedelta(740)
    assert not erasable.members_due(inside, TODAY + timedelta(700))
    assert erasable.members_due(inside, two_years) == [gone]
    retaining._erase_members(inside, two_years, timezone.now())
    gone.refresh_from_db()
    assert gone.erased_at
    assert Deletion.objects.get().kind == Deletion.Kind.MEMBERS


@pytest.mark.parametrize(("country", "years"), [("BE", 10), ("NL", 7)])
def test_documents_are_emptied_when_the_law_has_them_kept_no_longer(
    inside: Organisation, gone: Member, country: str, years: int, django_capture_on_commit_callbacks: Any
) -> None:
    inside.country = country
    rendering._render(inside.pk, Document.objects.get().pk)
    document = Document.objects.get()
    path = Path(document.pdf.path)
    last = date(TODAY.year + years, 12, 31)
    assert not erasable.documents_due(inside, last).exists()
    with django_capture_on_commit_callbacks(execute=True):
        retaining._empty_documents(inside, last + timedelta(1), timezone.now())
        retaining._empty_what_went_with_them(date(TODAY.year + 1, 1, 1))
    kept = Document.objects.get()
    assert (kept.number, kept.total, kept.supplier, kept.pdf.name) == (document.number, document.total, {}, "")
    assert not path.exists()
    erasing.erase_member(member=gone, at=timezone.now())
    assert _holds(gone.name) == []
    assert list(differences()) == []


def test_a_member_gets_all_that_is_held_of_them(organisation: Organisation) -> None:
    told = tell(organisation)
    tell_of_money(told)
    client = Client()
    client.force_login(told.introducer.user)
    assert "Download my data" in client.get(f"/{organisation.slug}/my-data/").text
    answer = client.post(f"/{organisation.slug}/my-data/export/")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    data = json.loads(archive.read("data.json"))
    assert data["account"]["email"] == told.introducer.user.email
    assert data["payment_details"][0]["iban"] == "BE68539007547034"
    assert data["recommendations"][0]["what_you_wrote"] == ["We worked together."]
    assert data["documents"][0]["total"] == "1452.00"
    assert sorted(name[-4:] for name in archive.namelist()) == [".pdf", ".pdf", ".xml", "json"]
    assert "An Peeters" not in archive.read("data.json").decode()  # who is somebody else


def test_only_administrators_erase_and_only_their_own(
    inside: Organisation, gone: Member, boss: Member, checker: Member, client: Client
) -> None:
    stranger = MemberFactory(organisation=OrganisationFactory(slug="far"), roles=["administrator"])
    for user, status in ((checker.user, 403), (stranger.user, 404)):
        client.force_login(user)
        assert client.post(f"/here/members/{gone.pk}/erase/").status_code == status
    client.force_login(boss.user)
    assert gone.name in client.get("/here/settings/retention/").text
    client.post(f"/here/members/{gone.pk}/erase/")
    gone.refresh_from_db()
    assert gone.erased_at
    assert client.post(f"/here/members/{boss.pk}/erase/").status_code == 302
    boss.refresh_from_db()
    assert not boss.erased_at
