"""The words of webhooks, in templates."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notices.models import Delivery

register = template.Library()

NOT_SENT = {
    "address": gettext_lazy("nothing can be sent to this address"),
    "lookup": gettext_lazy("its name is not known"),
    "internal": gettext_lazy("it is not on the open internet"),
    "plain": gettext_lazy("only https:// goes to the open internet"),
    "timeout": gettext_lazy("no answer in ten seconds"),
    "tls": gettext_lazy("its certificate is not good"),
    "connection": gettext_lazy("no connection"),
}


@register.filter
def outcome(delivery: Delivery) -> str:
    """Why a delivery was not taken."""
    if delivery.status:
        return _("refused (%(status)s)") % {"status": delivery.status}
    return str(NOT_SENT.get(delivery.answer, delivery.answer))
