"""What happened to money becomes mails."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone

from kernel import work
from members.models import Member, Organisation
from members.roles import Role
from members.selectors.people import in_role
from notices import services, telling
from notices.models import PaidNotice
from notices.telling import page_of, tell
from notices.writing import money as writing
from notices.writing.letter import Letter
from payouts.models import Document, DocumentAnswer, Entitlement, Payable, Payee, Payment, ReceivedInvoice, Redemption
from payouts.selectors.parts import parts
from payouts.selectors.promise import Late
from payouts.selectors.statements import every_sale
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
    payment_late,
    payment_returned,
    promise_nears,
    redemption_asked,
    redemption_decided,
)
from referrals.selectors.joined import joined_with
from referrals.selectors.titles import Titles

FORMER_ADDRESS_LASTS = timedelta(90)


@receiver(fell_due)
def tell_what_was_earned(sender: Any, entitlements: list[int], at: datetime, **_: Any) -> None:
    """Tell introducers that something fell due."""
    related = Entitlement.objects.select_related("case__introducer__user", "case__candidate", "case__recruiter")
    organisation = None
    found = list(related.filter(pk__in=entitlements, party="introducer", owed_by="organisation"))
    shares, titles = parts(found), Titles({one.case_id for one in found})
    for one in found:
        organisation = organisation or one.organisation
        for case in joined_with(one.case):
            part, page = shares[one.pk, case.introducer_id], page_of(case, organisation)
            letter = partial(writing.due, one, case, titles.of(case), part, page)
            tell(organisation, case, f"entitlement:{one.pk}:{case.pk}", letter, at)


@receiver(payables_paid)
def tell_of_payments(sender: Any, payables: list[int], at: datetime, **_: Any) -> None:
    """Note that members are to be told what was paid; there may be thousands of them."""
    first = Payable.objects.filter(pk__in=payables).first()
    if first:
        PaidNotice.objects.create(payables=payables, paid_at=at)
        work.add(first.organisation_id, telling.TELL_PAID)


@receiver(payment_returned)
def tell_of_a_return(sender: type[Payment], payment: Payment, at: datetime, **_: Any) -> None:
    """Tell a member that a payment to them came back, and what to do; and finance, who pays it again."""
    organisation = payment.organisation
    letter = partial(writing.returned, payment, reverse("payee_edit", args=[organisation.slug]))
    about = f"payment:{payment.pk}"
    services.write_to_member(organisation=organisation, member=payment.member, about=about, letter=letter, at=at)
    page = reverse("batch_detail", args=[organisation.slug, payment.batch_id]) if payment.batch_id else ""
    said = partial(writing.came_back, payment, page or reverse("payout_list", args=[organisation.slug]))
    _tell_finance(organisation, payment.member, about, said, at)


@receiver(payment_late)
def remind_of_a_late_invoice(
    sender: Any, document: Document, left: Decimal, number: int, at: datetime, **_: Any
) -> None:
    """Remind a member of an invoice that they are late to pay."""
    organisation = document.organisation
    page = reverse("document_detail", args=[organisation.slug, document.pk])
    services.write_to_member(
        organisation=organisation,
        member=document.member,
        about=f"late:{document.pk}:{number}",
        letter=partial(writing.late, document, left, number, page),
        at=at,
    )


@receiver(promise_nears)
def remind_finance(sender: Any, organisation: Organisation, found: list[Late], at: datetime, **_: Any) -> None:
    """Remind everyone of finance of what was promised, once a day."""
    letter = partial(writing.promises, found, reverse("promise", args=[organisation.slug]))
    for member in in_role(Role.FINANCE):
        about = f"promise:{timezone.localdate(at)}:{member.pk}"
        services.write_to_member(organisation=organisation, member=member, about=about, letter=letter, at=at)


@receiver(invoice_received)
def tell_finance_of_an_invoice(
    sender: type[ReceivedInvoice], received: ReceivedInvoice, at: datetime, **_: Any
) -> None:
    """Tell finance that a member sent an invoice that somebody has to look at."""
    organisation = received.organisation
    page = reverse("received_detail", args=[organisation.slug, received.pk])
    _tell_finance(
        organisation, received.member, f"received:{received.pk}", partial(writing.received, received, page), at
    )


@receiver(invoice_refused)
def tell_of_a_refusal(
    sender: type[ReceivedInvoice], received: ReceivedInvoice, because: str, at: datetime, **_: Any
) -> None:
    """Tell a member what has to be put right in their invoice."""
    organisation = received.organisation
    letter = partial(writing.refused, because, reverse("own_invoice", args=[organisation.slug]))
    about = f"refused:{received.pk}"
    services.write_to_member(organisation=organisation, member=received.member, about=about, letter=letter, at=at)


@receiver(redemption_asked)
def tell_who_decides(sender: type[Redemption], redemption: Redemption, at: datetime, **_: Any) -> None:
    """Tell who decides on it that a member redeems points."""
    organisation = redemption.organisation
    letter = partial(writing.asked_for, redemption, reverse("redemption_list", args=[organisation.slug]))
    about, approver = f"redemption:{redemption.pk}", redemption.item.approver
    if approver and approver.pk != redemption.member_id and not approver.left_on:
        services.write_to_member(organisation=organisation, member=approver, about=about, letter=letter, at=at)
    else:
        _tell_finance(organisation, redemption.member, about, letter, at)


@receiver(redemption_decided)
def tell_of_a_decision(sender: type[Redemption], redemption: Redemption, at: datetime, **_: Any) -> None:
    """Tell a member whether what they redeemed points for was granted."""
    organisation = redemption.organisation
    letter = partial(writing.redeemed, redemption, reverse("rewards", args=[organisation.slug]))
    about = f"redemption:{redemption.pk}:{redemption.state}"
    services.write_to_member(organisation=organisation, member=redemption.member, about=about, letter=letter, at=at)


@receiver(document_contested)
def tell_finance_of_a_contest(
    sender: type[Document], document: Document, answer: DocumentAnswer, at: datetime, **_: Any
) -> None:
    """Tell everyone of finance that a member contests a document."""
    organisation = document.organisation
    letter = partial(
        writing.contested, document, answer, reverse("document_detail", args=[organisation.slug, document.pk])
    )
    _tell_finance(organisation, document.member, f"contest:{answer.pk}", letter, at)


@receiver(contest_settled)
def tell_of_an_answer(
    sender: type[Document], document: Document, answer: DocumentAnswer, at: datetime, **_: Any
) -> None:
    """Tell a member what became of their contest."""
    organisation = document.organisation
    letter = partial(
        writing.contest_settled, document, answer, reverse("document_detail", args=[organisation.slug, document.pk])
    )
    about = f"contest:{answer.pk}"
    services.write_to_member(organisation=organisation, member=document.member, about=about, letter=letter, at=at)


@receiver(payable_changed)
def tell_of_money(sender: Any, payable: Payable, at: datetime, **_: Any) -> None:
    """Tell a member what was approved."""
    organisation = payable.organisation
    telling.tell_of_payable(organisation, payable, at)


@receiver(document_issued)
def tell_of_a_document(sender: type[Document], document: Document, at: datetime, **_: Any) -> None:
    """Tell the payee that a document was made out in their name."""
    organisation = document.organisation
    sale = every_sale().filter(pk=document.pk).first()  # what was paid too much before counts for it already
    page = reverse("document_detail", args=[organisation.slug, document.pk])
    letter = partial(writing.invoiced, document, sale.left if sale else None, page)
    about = f"document:{document.pk}"
    services.write_to_member(organisation=organisation, member=document.member, about=about, letter=letter, at=at)


@receiver(iban_changed)
def tell_of_another_account(sender: type[Payee], payee: Payee, at: datetime, **_: Any) -> None:
    """Tell a payee that their money goes elsewhere from now on."""
    organisation = payee.organisation
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


def _tell_finance(
    organisation: Organisation, but: Member, about: str, letter: Callable[[], Letter], at: datetime
) -> None:
    """Write to everyone of finance, but not to whom it is about."""
    for member in in_role(Role.FINANCE).exclude(pk=but.pk):
        services.write_to_member(
            organisation=organisation, member=member, about=f"{about}:{member.pk}", letter=letter, at=at
        )
