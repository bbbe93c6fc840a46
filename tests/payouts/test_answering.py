"""Each document that is made out in a member's name can be accepted or contested, and what follows from it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Member, Organisation
from notices.services import send_all
from payouts.models import Account, Document, DocumentAnswer, Payable
from payouts.selectors.auditing.everything import differences
from payouts.selectors.documents import Answered, standing_of
from payouts.services import answering, crediting, issuing, payees
from tests.factories import MemberFactory
from tests.stories import payee_of

TODAY = timezone.localdate()
WRONG = "My company has another name."


@pytest.fixture
def document(invoiced: Payable) -> Document:
    return Document.objects.get()


def _answered(document: Document) -> Answered:
    return standing_of(document, TODAY).answered


def test_who_says_nothing_accepts(document: Document) -> None:
    assert document.answer_by == TODAY + timedelta(14)
    assert _answered(document) is Answered.OPEN
    later = standing_of(document, TODAY + timedelta(15))
    assert later.answered is Answered.TACITLY
    with pytest.raises(answering.AnsweredAlreadyError):
        answering.contest(document=document, because=WRONG, by=document.member, at=timezone.now() + timedelta(15))


def test_a_document_is_answered_once(document: Document) -> None:
    answering.accept(document=document, by=document.member, at=timezone.now())
    assert _answered(document) is Answered.ACCEPTED
    with pytest.raises(answering.AnsweredAlreadyError):
        answering.contest(document=document, because=WRONG, by=document.member, at=timezone.now())


def test_a_contest_can_be_withdrawn(document: Document) -> None:
    answering.contest(document=document, because=WRONG, by=document.member, at=timezone.now())
    answering.accept(document=document, by=document.member, at=timezone.now())
    assert _answered(document) is Answered.ACCEPTED


def test_finance_answers_that_it_stands(document: Document, checker: Member) -> None:
    answering.contest(document=document, because=WRONG, by=document.member, at=timezone.now())
    outcome = DocumentAnswer.Outcome.STANDS
    answering.settle(document=document, outcome=outcome, reply="It is right.", by=checker, at=timezone.now())
    assert _answered(document) is Answered.STANDS
    with pytest.raises(answering.SettledAlreadyError):
        answering.settle(document=document, outcome=outcome, reply="Again.", by=checker, at=timezone.now())


def _credit(document: Document, by: Member) -> Document:
    crediting.order(document=document, because="Wrong name.", by=by, at=timezone.now())
    issuing.issue_all(organisation=document.organisation, at=timezone.now())
    return Document.objects.get(credits=document)


def test_a_credit_note_takes_the_whole_document_back(document: Document, checker: Member) -> None:
    answering.contest(document=document, because=WRONG, by=document.member, at=timezone.now())
    note = _credit(document, checker)
    assert (note.kind, note.net, note.vat, note.total, note.series_id) == (
        "credit_note", -document.net, -document.vat, -document.total, document.series_id
    )  # fmt: skip
    assert _answered(document) is Answered.CREDITED
    balances = {account.kind: account.balance for account in Account.objects.all()}
    assert (balances["vat"], balances["payable"]) == (Decimal(0), Decimal(-1200))
    assert list(differences()) == []


def test_what_was_taken_back_is_invoiced_again_once_the_member_looked_at_their_details(
    inside: Organisation, document: Document, checker: Member
) -> None:
    _credit(document, checker)
    issuing.issue_all(organisation=inside, at=timezone.now())
    assert Document.objects.count() == 2
    later = timezone.now() + timedelta(minutes=1)
    payees.save_details(organisation=inside, member=document.member, fields={"name": "Peeters BV"}, vat=None, at=later)
    issuing.issue_all(organisation=inside, at=later)
    again = Document.objects.order_by("pk").last()
    assert again is not None
    assert (again.kind, again.sequence, again.supplier["name"]) == ("invoice", 3, "Peeters BV")
    assert list(differences()) == []


def test_a_credit_note_is_ordered_once(document: Document, checker: Member) -> None:
    note = _credit(document, checker)
    for one, why in ((document, "credited"), (note, "kind")):
        with pytest.raises(crediting.CannotBeCreditedError, match=why):
            crediting.order(document=one, because="X", by=checker, at=timezone.now())


def test_both_sides_are_told(organisation: Organisation, invoiced: Payable, checker: Member) -> None:
    document = Document.objects.get()
    answering.contest(document=document, because=WRONG, by=document.member, at=timezone.now())
    answering.settle(
        document=document,
        outcome=DocumentAnswer.Outcome.STANDS,
        reply="Look at the register.",
        by=checker,
        at=timezone.now(),
    )
    send_all(organisation_id=organisation.pk)
    told = {to: (sent.subject, sent.body) for sent in mail.outbox for to in sent.to if document.number in sent.subject}
    assert told[checker.user.email][0] == f"{document.number} is contested"
    assert WRONG in told[checker.user.email][1]
    assert "Look at the register." in told[document.member.user.email][1]


def test_a_member_answers_their_own_documents_only(inside: Organisation, document: Document, checker: Member) -> None:
    stranger = MemberFactory(organisation=inside)
    for member, status in ((stranger, 404), (checker, 404), (document.member, 302)):
        client = Client()
        client.force_login(member.user)
        assert client.post(f"/here/invoices/{document.pk}/contest/", {"because": WRONG}).status_code == status


def test_finance_does_not_settle_a_contest_of_their_own(inside: Organisation, document: Document) -> None:
    Member.objects.filter(pk=document.member_id).update(roles=["finance"])
    client = Client()
    client.force_login(document.member.user)
    client.post(f"/here/invoices/{document.pk}/contest/", {"because": WRONG})
    client.post(f"/here/invoices/{document.pk}/settle/", {"reply": "I am right."})
    client.post(f"/here/invoices/{document.pk}/credit/", {"because": "Mine."})
    assert _answered(document) is Answered.CONTESTED


def test_a_contest_says_why(inside: Organisation, document: Document) -> None:
    client = Client()
    client.force_login(document.member.user)
    assert client.post(f"/here/invoices/{document.pk}/contest/", {"because": " "}).status_code == 422
    assert not DocumentAnswer.objects.exists()


def test_statements_are_not_asked_about(inside: Organisation, approved: Payable) -> None:
    payee_of(inside, approved.member, kind="person")
    issuing.issue_all(organisation=inside, at=timezone.now())
    assert _answered(Document.objects.get()) is Answered.NOT_ASKED
    with tenant(inside.pk), pytest.raises(answering.AnsweredAlreadyError):
        answering.accept(document=Document.objects.get(), by=approved.member, at=timezone.now())
