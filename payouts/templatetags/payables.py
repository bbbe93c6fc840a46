"""The words of payables and documents, in templates."""

from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from kernel import countries
from members.models import Member
from payouts.ledger import Account, Booking
from payouts.models import Entitlement, Entry, Transmission
from payouts.readiness import Move
from payouts.selectors import beginning
from payouts.selectors.beginning import FirstSteps, ToRun
from payouts.selectors.books import about
from payouts.selectors.earnings import Earning
from payouts.selectors.membership import Leaving, leaving_of
from payouts.selectors.progress import Key, Progress, progress_of
from payouts.states import PayableState
from payouts.vat import VatCase
from payouts.wording import (
    ACCOUNTS,
    ANSWERED,
    BOOKINGS,
    LEFT_OUT,
    LOOKS,
    MOVES,
    NOT_HANDED_OVER,
    STATES,
    TO_DO,
    VAT_CASES,
)
from programmes import wording
from referrals import addresses
from referrals.models import Case
from referrals.selectors.tracking import TrackedEntitlement

register = template.Library()


@register.filter
def payable_state(value: str) -> str:
    """Our word for a payable's state."""
    return str(STATES[PayableState(value)])


@register.filter
def party(value: str) -> str:
    """Our word for who has a part of what is remitted."""
    return str(wording.WORDS[value])


@register.filter
def case_of(entitlement: Entitlement) -> str:
    """The case that an amount follows from; of a share of turnover, with its month: a case has one for each; or that it is of a pot."""
    reference = entitlement.case.reference
    if entitlement.case.kind == "pot":
        return f"{gettext('Share of the pot')}, {reference}"
    return f"{reference}, {date_format(entitlement.revenue.on, 'F Y')}" if entitlement.revenue else reference


@register.simple_tag
def address_of(earning: Earning, slug: str) -> str:
    """Where a member reads why they earned something."""
    by_turnover = earning.entitlement.revenue_id is not None
    return addresses.of_case(earning.case, slug, by_turnover=by_turnover, year=earning.year)


@register.simple_tag
def progress(case: Case) -> dict[Key, Progress]:
    """How far the money of a case is; to be looked up with `progress_for`."""
    return progress_of(case)


@register.simple_tag
def first_steps(member: Member) -> FirstSteps:
    """What a new member of a network still has to say."""
    return beginning.first_steps_of(member)


@register.simple_tag
def to_run(member: Member) -> ToRun:
    """What waits for an administrator of a network."""
    return beginning.to_run(member, timezone.localdate())


@register.simple_tag
def leaving(member: Member) -> Leaving:
    """What a member of a network leaves behind, should they leave today."""
    return leaving_of(member, timezone.localdate())


@register.filter
def progress_for(known: dict[Key, Progress], tracked: TrackedEntitlement) -> Progress | None:
    """How far it is for an entitlement as the case's pages track it; None while it is not due, or just fell due."""
    one = tracked.entitlement
    instalment = one.instalment if one.revenue is None else 0
    return known.get((tracked.version.pk, one.reward, one.placement, instalment, one.revenue, one.to))


@register.filter
def look(code: str) -> str:
    """What is missing, or to be looked at twice, in a few words."""
    return str(LOOKS[code])


@register.filter
def to_do(code: str) -> str:
    """What is missing, as a payee is asked for it."""
    return str(TO_DO[code])  # type: ignore[index]


@register.filter
def left_out_because(code: str) -> str:
    """Why something is not paid now, in a few words."""
    return str(LEFT_OUT[code])  # type: ignore[index]


@register.filter
def answered_as(code: str) -> str:
    """Our word for what became of the question whether a member accepts a document."""
    return str(ANSWERED[code])


@register.filter
def whose_move(code: str) -> str:
    """Whose move it is, in a few words."""
    return str(MOVES[Move(code)])


@register.filter
def opposite(amount: Decimal) -> Decimal:
    """An amount with the other sign: credits are shown positive in a column of their own."""
    return -amount


@register.filter
def account_name(kind: str) -> str:
    """Our word for a kind of account."""
    return str(ACCOUNTS[Account(kind)])


@register.filter
def booking(what: str) -> str:
    """Our word for what an entry says."""
    return str(BOOKINGS[Booking(what)])


@register.filter
def vat_case(code: str) -> str:
    """Our word for a VAT case."""
    return str(VAT_CASES[VatCase(code)])


@register.filter
def entry_about(entry: Entry) -> str:
    """The document, case or payment that an entry is about."""
    return about(entry)


@register.filter
def sent_answer(transmission: Transmission) -> str:
    """Why an invoice was refused, or not reached its receiver."""
    return str(NOT_HANDED_OVER.get(transmission.answer, transmission.answer))


@register.filter
def country(code: str) -> str:
    """A country's name."""
    return countries.name(code)


@register.filter
def per_cent(rate: Decimal | None) -> str:
    """A rate as it is written: 21 %."""
    return "" if rate is None else f"{wording.days(rate)}\N{NO-BREAK SPACE}%"
