"""Every sentence with a meaning in law, in one place: the self-billing agreement, and what documents must carry."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payouts.vat import VatCase

AGREEMENT_VERSION = 1


def agreement(*, customer: str, supplier: str) -> str:
    """Return the text by which a payee lets the organisation make invoices in their name, in the language in force."""
    names = {"customer": customer, "supplier": supplier}
    return "\n\n".join(
        [
            _("%(supplier)s lets %(customer)s make out invoices in the name and on behalf of %(supplier)s.") % names,
            _(
                "They are for amounts that fell due under the referral programmes of %(customer)s. "
                "Each bears the words “Self-billing” and a number of a series of its own."
            )
            % names,
            _(
                "%(supplier)s receives each invoice at once and can contest it within 14 days; "
                "one that is not contested by then is accepted."
            )
            % names,
            _("%(supplier)s stays responsible for the VAT that is due, and says at once when its VAT position changes.")
            % names,
            _("Either side can end this agreement at any time; invoices made before stay valid."),
        ]
    )


SELF_BILLING = gettext_lazy("Self-billing")
WORDINGS = {
    VatCase.EXEMPT_BE: gettext_lazy("Special exemption scheme for small businesses (article 56bis of the VAT code)"),
    VatCase.EXEMPT_NL: gettext_lazy("Exempt from VAT, article 25 of the Dutch VAT act 1968 (KOR)"),
    VatCase.REVERSE_CHARGE: gettext_lazy("VAT reverse-charged, article 196 of directive 2006/112/EC"),
}
"""What a document must say of its VAT case; those that are not here need no words."""
