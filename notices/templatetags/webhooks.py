"""The words of webhooks, in templates."""

from django import template
from django.utils.translation import gettext as _

from kernel.sending import NOT_SENT
from notices.models import Delivery

register = template.Library()


@register.filter
def outcome(delivery: Delivery) -> str:
    """Why a delivery was not taken."""
    if delivery.status:
        return _("refused (%(status)s)") % {"status": delivery.status}
    return str(NOT_SENT.get(delivery.answer, delivery.answer))
