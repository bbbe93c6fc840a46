"""What happened becomes mails."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone

from kernel import work
from members.models import Invitation, Member, Organisation
from members.roles import Role
from members.signals import member_invited
from notices import announcing, services, telling, writing
from notices.models import Announcement, PaidNotice
from notices.telling import page_of
from notices.telling import tell as _tell
from notices.writing import Letter
from payouts.models import Document, DocumentAnswer, Entitlement, Payable, Payee, Payment, ReceivedInvoice
from payouts.selectors.parts import parts
from payouts.selectors.promise import Late
from payouts.signals import (
    contest_settled,
    document_contested,
    document_issued,
    fell_due,
    iban_changed,
    invoice_received,
    invoice_refused,
    payable_changed,
    payables_paid,
    payment_returned,
    promise_nears,
)
from programmes.models import Version
from programmes.signals import version_published
from referrals.models import Case, Fact, Interview, Note, Presentation
from referrals.pipeline import ENDED
from referrals.selectors.joined import joined_with
from referrals.signals import (
    candidates_merged,
    case_submitted,
    facts_recorded,
    interview_planned,
    merge_undone,
    person_forgotten,
    presentation_asked,
)

FORMER_ADDRESS_LASTS = timedelta(90)
STEPS = frozenset({"interviewed", "presented", "offered", "placed", "started", "lead_won"})


@receiver(case_submitted)
def ask_and_thank(sender: type[Case], case: Case, token: str, **_: Any) -> None:
    """Ask the person recommended, and thank the introducer."""
    if not case.candidate:
        return
    organisation = Organisation.objects.get(pk=case.organisation_id)
    said = Note.objects.filter(case=case, kind=Note.Kind.INTRODUCTION).values_list("text", flat=True).first() or ""
    page = page_of(case, organisation)
    _tell(organisation, case, f"case:{case.pk}", partial(writing.thanks, case, page), case.submitted_at)
    if _declined_before(case):
        return  # nobody writes to them again; the introducer is thanked all the same, and learns nothing by it
    write = writing.confirm if case.applied else partial(writing.asked, introduction=said)
    _tell_person(
        organisation, case, f"case:{case.pk}", partial(write, case, organisation.name, _link(token)), case.submitted_at
    )


@receiver(interview_planned)
def tell_of_an_interview(sender: type[Interview], interview: Interview, token: str, at: datetime, **_: Any) -> None:
    """Tell the person when and where, or that it is off."""
    organisation = Organisation.objects.get(pk=interview.organisation_id)
    letter = partial(writing.interview, interview, organisation.name, _link(token))
    _tell_person(organisation, interview.case, f"interview:{interview.pk}:{interview.state}", letter, at)


@receiver(presentation_asked)
def ask_about_an_assignment(
    sender: type[Presentation], presentation: Presentation, token: str, at: datetime, **_: Any
) -> None:
    """Ask the person whether a client may see their profile."""
    organisation = Organisation.objects.get(pk=presentation.organisation_id)
    letter = partial(writing.assignment, presentation, organisation.name, _link(token))
    _tell_person(organisation, presentation.case, f"presentation:{presentation.pk}", letter, at)


@receiver(candidates_merged)
def tell_of_a_merge(sender: Any, cases: list[Case], at: datetime, **_: Any) -> None:
    """Tell both introducers that they recommended one person, and what follows from it."""
    _tell_each(cases, writing.merged, at)


@receiver(merge_undone)
def tell_of_its_undoing(sender: Any, cases: list[Case], at: datetime, **_: Any) -> None:
    """Tell them that it was a mistake."""
    _tell_each(cases, writing.unmerged, at)


@receiver(facts_recorded)
def tell_the_introducer(sender: type[Case], cases: list[Case], facts: list[Fact], **_: Any) -> None:
    """Tell the introducer what moved on, or why it ended."""
    for fact in facts:
        if fact.kind not in STEPS | ENDED | {"consented"}:
            continue
        organisation = Organisation.objects.get(pk=fact.case.organisation_id)
        for one in joined_with(fact.case.leading):
            page = page_of(one, organisation)
            _tell(organisation, one, f"fact:{fact.pk}:{one.pk}", _letter(one, fact, page), fact.recorded_at)


def _letter(case: Case, fact: Fact, page: str) -> Callable[[], Letter]:
    if fact.kind == "consented":
        return partial(writing.agreed, case, page)
    if fact.kind in STEPS:
        return partial(writing.moved, case, fact, page)
    reason = Note.objects.filter(fact=fact).values_list("text", flat=True).first() or ""
    return partial(writing.ended, case, reason, page)


@receiver(member_invited)
def send_the_invitation(
    sender: type[Invitation], organisation: Organisation, invitation: Invitation, token: str, at: datetime, **_: Any
) -> None:
    """Mail somebody the link by which they join."""
    letter = partial(writing.invited, invitation, organisation.name, reverse("join", args=[token]))
    services.write(
        organisation=organisation,
        to=invitation.email,
        language=organisation.language,
        about=f"invitation:{invitation.pk}",
        letter=letter,
        at=at,
        sender=invitation.invited_by,
    )


@receiver(version_published)
def have_it_announced(sender: type[Version], version: Version, **_: Any) -> None:
    """Note that members are to be told what a new version changes; there may be thousands of them."""
    Announcement.objects.create(version=version)
    work.add(version.organisation_id, announcing.ANNOUNCE)


@receiver(fell_due)
def tell_what_was_earned(sender: Any, entitlements: list[int], at: datetime, **_: Any) -> None:
    """Tell introducers that something fell due."""
    related = Entitlement.objects.select_related("case__introducer__user", "case__candidate", "case__recruiter")
    organisation = None
    found = list(related.filter(pk__in=entitlements, party="introducer"))
    shares = parts(found)
    for one in found:
        organisation = organisation or Organisation.objects.get(pk=one.organisation_id)
        for case in joined_with(one.case):
            letter = partial(writing.due, one, case, shares[one.pk, case.introducer_id], page_of(case, organisation))
            _tell(organisation, case, f"entitlement:{one.pk}:{case.pk}", letter, at)


@receiver(payables_paid)
def tell_of_payments(sender: Any, payables: list[int], at: datetime, **_: Any) -> None:
    """Note that members are to be told what was paid; there may be thousands of them."""
    first = Payable.objects.filter(pk__in=payables).first()
    if first:
        PaidNotice.objects.create(payables=payables, paid_at=at)
        work.add(first.organisation_id, telling.TELL_PAID)


@receiver(payment_returned)
def tell_of_a_return(sender: type[Payment], payment: Payment, at: datetime, **_: Any) -> None:
    """Tell a member that a payment to them came back, and what to do."""
    organisation = Organisation.objects.get(pk=payment.organisation_id)
    letter = partial(writing.returned, payment, reverse("payee_edit", args=[organisation.slug]))
    about = f"payment:{payment.pk}"
    services.write_to_member(organisation=organisation, member=payment.member, about=about, letter=letter, at=at)


@receiver(promise_nears)
def remind_finance(sender: Any, organisation: Organisation, found: list[Late], at: datetime, **_: Any) -> None:
    """Remind everyone of finance of what was promised, once a day."""
    finance = Member.objects.filter(roles__contains=[Role.FINANCE], left_on=None).select_related("user")
    letter = partial(writing.promises, found, reverse("promise", args=[organisation.slug]))
    for member in finance:
        about = f"promise:{timezone.localdate(at)}:{member.pk}"
        services.write_to_member(organisation=organisation, member=member, about=about, letter=letter, at=at)


@receiver(invoice_received)
def tell_finance_of_an_invoice(
    sender: type[ReceivedInvoice], received: ReceivedInvoice, at: datetime, **_: Any
) -> None:
    """Tell finance that a member sent an invoice that somebody has to look at."""
    organisation = Organisation.objects.get(pk=received.organisation_id)
    page = reverse("received_detail", args=[organisation.slug, received.pk])
    _tell_finance(
        organisation, received.member, f"received:{received.pk}", partial(writing.received, received, page), at
    )


@receiver(invoice_refused)
def tell_of_a_refusal(
    sender: type[ReceivedInvoice], received: ReceivedInvoice, because: str, at: datetime, **_: Any
) -> None:
    """Tell a member what has to be put right in their invoice."""
    organisation = Organisation.objects.get(pk=received.organisation_id)
    letter = partial(writing.refused, because, reverse("own_invoice", args=[organisation.slug]))
    about = f"refused:{received.pk}"
    services.write_to_member(organisation=organisation, member=received.member, about=about, letter=letter, at=at)


@receiver(document_contested)
def tell_finance_of_a_contest(
    sender: type[Document], document: Document, answer: DocumentAnswer, at: datetime, **_: Any
) -> None:
    """Tell everyone of finance that a member contests a document."""
    organisation = Organisation.objects.get(pk=document.organisation_id)
    letter = partial(
        writing.contested, document, answer, reverse("document_detail", args=[organisation.slug, document.pk])
    )
    _tell_finance(organisation, document.member, f"contest:{answer.pk}", letter, at)


@receiver(contest_settled)
def tell_of_an_answer(
    sender: type[Document], document: Document, answer: DocumentAnswer, at: datetime, **_: Any
) -> None:
    """Tell a member what became of their contest."""
    organisation = Organisation.objects.get(pk=document.organisation_id)
    letter = partial(
        writing.contest_settled, document, answer, reverse("document_detail", args=[organisation.slug, document.pk])
    )
    about = f"contest:{answer.pk}"
    services.write_to_member(organisation=organisation, member=document.member, about=about, letter=letter, at=at)


@receiver(payable_changed)
def tell_of_money(sender: Any, payable: Payable, at: datetime, **_: Any) -> None:
    """Tell a member what was approved."""
    organisation = Organisation.objects.get(pk=payable.organisation_id)
    telling.tell_of_payable(organisation, payable, at)


@receiver(document_issued)
def tell_of_a_document(sender: type[Document], document: Document, at: datetime, **_: Any) -> None:
    """Tell the payee that a document was made out in their name."""
    organisation = Organisation.objects.get(pk=document.organisation_id)
    letter = partial(writing.invoiced, document, reverse("document_detail", args=[organisation.slug, document.pk]))
    about = f"document:{document.pk}"
    services.write_to_member(organisation=organisation, member=document.member, about=about, letter=letter, at=at)


@receiver(iban_changed)
def tell_of_another_account(sender: type[Payee], payee: Payee, at: datetime, **_: Any) -> None:
    """Tell a payee that their money goes elsewhere from now on."""
    organisation = Organisation.objects.get(pk=payee.organisation_id)
    letter = partial(writing.account_changed, payee, reverse("payee_edit", args=[organisation.slug]))
    about = f"account:{payee.pk}:{at.timestamp()}"
    services.write_to_member(organisation=organisation, member=payee.member, about=about, letter=letter, at=at)
    user = payee.member.user
    if user.email_changed_at and user.email_changed_at > at - FORMER_ADDRESS_LASTS:
        services.write(
            organisation=organisation,
            to=user.former_email,
            language=user.language,
            about=f"{about}:former",
            letter=letter,
            at=at,
        )


@receiver(person_forgotten)
def forget_the_person(sender: type[Case], cases: list[Case], addresses: list[str], **_: Any) -> None:
    """Withdraw and empty what was still to be mailed about a person who was erased."""
    facts = list(Fact.objects.filter(case__in=cases).values_list("pk", flat=True))
    told = [f"fact:{pk}:{case.pk}" for pk in facts for case in cases]
    services.empty(abouts=[f"case:{case.pk}" for case in cases] + told)
    services.empty_to(addresses=addresses)


def _tell_finance(
    organisation: Organisation, but: Member, about: str, letter: Callable[[], Letter], at: datetime
) -> None:
    """Write to everyone of finance, but not to whom it is about."""
    finance = Member.objects.filter(roles__contains=[Role.FINANCE], left_on=None).exclude(pk=but.pk)
    for member in finance.select_related("user"):
        services.write_to_member(
            organisation=organisation, member=member, about=f"{about}:{member.pk}", letter=letter, at=at
        )


def _tell_each(cases: list[Case], write: Callable[[Case, str], Letter], at: datetime) -> None:
    related = Case.objects.filter(pk__in=[case.pk for case in cases]).select_related(
        "introducer__user", "candidate", "recruiter", "shares_with"
    )
    for case in related:
        organisation = Organisation.objects.get(pk=case.organisation_id)
        letter = partial(write, case, page_of(case, organisation))
        _tell(organisation, case, f"case:{case.pk}:{at.timestamp()}", letter, at)


def _tell_person(
    organisation: Organisation, case: Case, about: str, letter: Callable[[], Letter], at: datetime
) -> None:
    assert case.candidate is not None
    to, language = case.candidate.email, case.candidate.language
    services.write(
        organisation=organisation, to=to, language=language, about=about, letter=letter, at=at, sender=case.recruiter
    )


def _link(token: str) -> str:
    return reverse("candidate", args=[token])


def _declined_before(case: Case) -> bool:
    """Whether this person said no to the organisation before: then nobody writes to them again."""
    assert case.candidate is not None
    same = Case.objects.filter(candidate__email_key=case.candidate.email.lower()).exclude(pk=case.pk)
    return same.filter(answer__in=["consent_refused", "consent_withdrawn"]).exists()
