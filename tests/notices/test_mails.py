"""What is mailed to whom, once, and what can be switched off."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.test import Client
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Member, Organisation
from notices import services, telling
from notices.models import Message
from payouts.models import Batch
from payouts.services import assessing, batching, paying
from referrals.models import Case
from referrals.pipeline import Stage
from referrals.services import consent, moves
from tests.factories import MemberFactory
from tests.stories import publish, recommend, tell
from tests.stories_of_money import tell_of_money

pytestmark = pytest.mark.django_db


@pytest.fixture
def introducer(organisation: Organisation) -> Member:
    return MemberFactory(organisation=organisation, name="Lotte")


@pytest.fixture
def case(organisation: Organisation, introducer: Member) -> Case:
    with tenant(organisation.pk):
        publish()
        today = timezone.localdate()
        case, _ = recommend(organisation, introducer, today, language="nl", known_as="A rare talent.")
        Case.objects.filter(pk=case.pk).update(submitted_at=timezone.now())
        return case


def _sent(organisation: Organisation) -> list[tuple[str, str]]:
    telling.tell_of_payments(organisation_id=organisation.pk)
    services.send_all(organisation_id=organisation.pk)
    return [(message.to[0], message.subject) for message in mail.outbox]


def test_the_person_is_asked_in_their_language_and_the_introducer_thanked(
    organisation: Organisation, introducer: Member, case: Case
) -> None:
    assert _sent(organisation) == [
        (introducer.user.email, "Thank you for recommending An Peeters"),
        ("an@mail.example", "Lotte beveelt je aan bij " + organisation.name),
    ]
    asked = mail.outbox[1]
    assert "“A rare talent.”" in asked.body
    (path,) = re.findall(r"https?://[^/]+(/c/\S+)", asked.body)
    assert Client().get(path).status_code == 200


def test_what_was_sent_is_emptied_and_not_sent_again(organisation: Organisation, case: Case) -> None:
    assert len(_sent(organisation)) == 2
    assert len(_sent(organisation)) == 2
    with tenant(organisation.pk):
        assert {(one.to, one.text, one.html) for one in Message.objects.all()} == {("", "", "")}


def test_the_introducer_hears_of_each_step_and_of_the_end(
    organisation: Organisation, introducer: Member, case: Case
) -> None:
    recruiter = MemberFactory(organisation=organisation, name="Joris", roles=["recruiter"])
    now = timezone.now()
    with tenant(organisation.pk):
        consent.agree(case=case, at=now)
        moves.accept(case=case, by=recruiter)
        moves.move(case=case, seen=Stage.RECEIVED, to=Stage.INTERVIEWED, on=timezone.localdate(), by=recruiter, at=now)
        moves.end(
            case=case,
            how=Stage.REJECTED,
            reason="skills",
            text="Too junior.",
            on=timezone.localdate(),
            by=recruiter,
            at=now,
        )
    subjects = [subject for _, subject in _sent(organisation)][2:]
    assert subjects == ["An Peeters said yes", "An Peeters: Interviewed", "An Peeters: the recommendation has ended"]
    assert "Too junior." in mail.outbox[-1].body
    assert mail.outbox[-1].from_email.startswith('"Joris') or mail.outbox[-1].from_email.startswith("=?utf-8?")


def test_what_is_switched_off_is_not_written(organisation: Organisation, introducer: Member, case: Case) -> None:
    client = Client()
    client.force_login(introducer.user)
    assert client.post("/here/mails/", {"wanted": ["thanks"]}).status_code == 302
    with tenant(organisation.pk):
        consent.agree(case=case, at=timezone.now())
    assert "An Peeters said yes" not in [subject for _, subject in _sent(organisation)]


def test_money_is_told_of_when_it_is_due_approved_and_paid(organisation: Organisation) -> None:
    told = tell(organisation)
    tell_of_money(told)
    checker = MemberFactory(organisation=organisation, roles=["finance"])
    now, today = timezone.now(), timezone.localdate()
    with tenant(organisation.pk):
        payable = told.case.entitlements.get().payables.get()
        batching.cancel(batch=Batch.objects.get())
        paying.mark_paid(payable=payable, on=today, reference="BANK-1", by=checker, at=now)
        Case.objects.update(next_check_on=today)
    assessing.assess_due(organisation_id=organisation.pk, at=timezone.now())
    sent = [subject for to, subject in _sent(organisation) if to == told.introducer.user.email]
    assert sent[-5:] == [
        "You earned EUR 1,200.00",
        "Your account number",
        "EUR 1,200.00 was approved",
        "Self-billed invoice SB-00001-2026-0001",
        "EUR 1,452.00 was paid",
    ]


def test_old_news_is_not_mailed(organisation: Organisation, introducer: Member) -> None:
    with tenant(organisation.pk):
        publish()
        recommend(organisation, introducer, timezone.localdate() - timedelta(30))
    assert _sent(organisation) == []


def test_a_mail_that_fails_is_tried_again_later(
    organisation: Organisation, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang(*_: Any) -> int:
        raise TimeoutError

    with monkeypatch.context() as patch:
        patch.setattr(locmem.EmailBackend, "send_messages", hang)
        assert _sent(organisation) == []
    with tenant(organisation.pk):
        assert {one.tries for one in Message.objects.all()} == {1}
        Message.objects.update(next_try_at=timezone.now())
    assert len(_sent(organisation)) == 2
