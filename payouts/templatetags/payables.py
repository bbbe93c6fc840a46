"""The words of payables, in templates."""

from django import template
from django.utils.translation import gettext_lazy as _

from payouts.states import PayableState

register = template.Library()

STATES = {
    PayableState.PROPOSED: _("Waits for approval"),
    PayableState.APPROVED: _("Approved"),
    PayableState.SENT_BACK: _("Sent back"),
    PayableState.PAID: _("Paid"),
}


@register.filter
def payable_state(value: str) -> str:
    """Our word for a payable's state."""
    return str(STATES[PayableState(value)])
