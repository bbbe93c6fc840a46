"""Our words for documents, and for what is missing or to be looked at twice."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from payouts import legal
from payouts.readiness import Caution, Missing
from payouts.states import PayableState
from payouts.vat import VatCase

STATES = {
    PayableState.PROPOSED: _("Waits for approval"),
    PayableState.APPROVED: _("Approved"),
    PayableState.SENT_BACK: _("Sent back"),
    PayableState.PAID: _("Paid"),
}
LOOKS: dict[str, Any] = {
    Missing.DETAILS: _("no payee details yet"),
    Missing.IBAN: _("no account number"),
    Missing.AGREEMENT: _("no self-billing agreement"),
    Missing.ORGANISATION: _("our own legal data are missing"),
    Missing.VAT: _("VAT position to be clarified"),
    Caution.IBAN_RECENT: _("account number changed within 72 hours"),
    Caution.IBAN_FIRST: _("first payment to this account"),
    Caution.OVER_LIMIT: _("over the limit"),
    Caution.OWN_CASE: _("recorded by whoever earns by it"),
}
TO_DO = {
    Missing.DETAILS: _("Tell us how you are paid."),
    Missing.IBAN: _("Give the number of your account."),
    Missing.AGREEMENT: _("Read and accept the self-billing agreement."),
    Missing.ORGANISATION: _("The organisation's own data are not complete; its administrator has to add them."),
    Missing.VAT: _("Your VAT position is a special one; finance gets in touch with you."),
}
"""What is missing, said to the payee."""


def wordings(vat_case: str, self_billed: bool) -> list[str]:
    """Return what a document must say in law, in the language in force."""
    case = VatCase(vat_case)
    said = [legal.SELF_BILLING] if self_billed else []
    if case in legal.WORDINGS:
        said.append(legal.WORDINGS[case])
    return [str(one) for one in said]
