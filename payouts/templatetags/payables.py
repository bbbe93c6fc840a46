"""The words of payables and documents, in templates."""

from decimal import Decimal

from django import template

from kernel import countries
from payouts.selectors.progress import Key, Progress, progress_of
from payouts.states import PayableState
from payouts.wording import ANSWERED, LEFT_OUT, LOOKS, STATES, TO_DO
from programmes import wording
from referrals.models import Case
from referrals.selectors.tracking import TrackedEntitlement

register = template.Library()


@register.filter
def payable_state(value: str) -> str:
    """Our word for a payable's state."""
    return str(STATES[PayableState(value)])


@register.simple_tag
def progress(case: Case) -> dict[Key, Progress]:
    """How far the money of a case is; to be looked up with `progress_for`."""
    return progress_of(case)


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
def country(code: str) -> str:
    """A country's name."""
    return countries.name(code)


@register.filter
def per_cent(rate: Decimal | None) -> str:
    """A rate as it is written: 21 %."""
    return "" if rate is None else f"{wording.days(rate)}\N{NO-BREAK SPACE}%"
