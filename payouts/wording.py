"""Our words for documents, and for what is missing or to be looked at twice."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kernel.sending import NOT_SENT
from payouts import legal
from payouts.ledger import Account, Booking
from payouts.readiness import Caution, LeftOut, Missing, Move
from payouts.states import PayableState
from payouts.ubl.matching import Difference
from payouts.vat import VatCase

LEGAL_SENTENCES = {
    legal.SELF_BILLING: _("Made out by the customer"),
    VatCase.EXEMPT_BE: _("Small business in Belgium"),
    VatCase.EXEMPT_NL: _("Small business in the Netherlands"),
    VatCase.REVERSE_CHARGE: _("VAT due by the customer"),
    VatCase.NOT_TAXABLE: _("Not subject to VAT"),
}
"""What the sentences of `legal` are about."""

STATES = {
    PayableState.PROPOSED: _("Waits for approval"),
    PayableState.APPROVED: _("Approved"),
    PayableState.SENT_BACK: _("Sent back"),
    PayableState.PAID: _("Paid"),
}
NOT_CREDITED = {
    "kind": _("A credit note is not taken back; a difference is corrected by another one."),
    "credited": _("A credit note takes it back already."),
    "corrected": _("Some of it was corrected by a difference already; the rest is corrected by another one."),
    "batched": _("A payment batch pays it. Leave the payment out first, or wait for the bank."),
    "incomplete": _("What replaces it could not be made out: something is missing in the settings, or of the payee."),
}
"""Why a document is not taken back as a whole."""

NOT_DIVIDED = {
    "running": _("This year is not over yet."),
    "closed": _("It was divided already, or taken back."),
    "proposed": _("It is proposed already. Somebody else divides it once members cannot object any more."),
    "late": _("The days on which one could object are over. Speak with finance."),
    "earlier": _("An earlier year comes first."),
    "unconfirmed": _("Some publicity of that year waits for an administrator: its coins are not decided on."),
    "assessing": _("Some cases are being reckoned just now. Try again in a minute."),
    "early": _("Members can still object."),
    "objections": _("An objection was not answered."),
    "changed": _("Something changed since it was proposed. Take it back and propose it again."),
}
"""Why a pot is not divided now."""

NOT_HANDED_OVER = NOT_SENT | {"folder": _("its folder could not be written")}
"""Why an invoice could not be handed over."""

LEFT_OUT = {
    LeftOut.CONTESTED: _("contested"),
    LeftOut.NO_ACCOUNT: _("no account number"),
    LeftOut.RESTING: _("account changed, rests 72 hours"),
    LeftOut.NOTHING_LEFT: _("nothing left after credit notes"),
    LeftOut.NOT_REPLACED: _("waits for the document that replaces it"),
}
"""Why something is not paid now."""

ACCOUNTS = {
    Account.BONUSES: _("Cost of programmes"),
    Account.PAYABLE: _("Owed to members"),
    Account.BANK: _("Bank"),
    Account.PAYROLL: _("Handed to payroll"),
    Account.VAT: _("VAT to be recovered"),
    Account.RECEIVABLE: _("Owed by members"),
    Account.REVENUE: _("Charged to members"),
    Account.VAT_DUE: _("VAT to be paid"),
    Account.POT: _("Set aside for the pot"),
    Account.POINTS: _("Saved by members"),
    Account.GRANTED: _("Points of programmes"),
    Account.REDEEMED: _("Redeemed points"),
}
"""Our accounts."""

BOOKINGS = {
    Booking.OWED: _("approved"),
    Booking.INVOICED: _("invoiced"),
    Booking.SOLD: _("charged"),
    Booking.PAID: _("paid"),
    Booking.RETURNED: _("came back"),
    Booking.RECEIVED: _("received"),
    Booking.SET_ASIDE: _("set aside for the pot"),
    Booking.EARNED: _("earned"),
    Booking.REDEEMED: _("redeemed"),
    Booking.GIVEN_BACK: _("given back"),
    Booking.DIVIDED: _("divided with the pot"),
}
"""What entries say."""

VAT_CASES = {
    VatCase.STANDARD: _("ordinary rate"),
    VatCase.EXEMPT_BE: _("Small business in Belgium"),
    VatCase.EXEMPT_NL: _("Small business in the Netherlands"),
    VatCase.REVERSE_CHARGE: _("VAT due by the customer"),
    VatCase.NOT_TAXABLE: _("Not subject to VAT"),
}

MOVES = {
    Move.PROPOSE: _("finance proposes it"),
    Move.APPROVE: _("someone else of finance approves it"),
    Move.MEMBER: _("the member completes their details"),
    Move.PRODUCT: _("its document is being made out"),
    Move.SETTLE: _("finance answers the member"),
    Move.PAY: _("finance pays it"),
    Move.APPROVE_BATCH: _("someone else of finance approves the batch"),
    Move.BANK: _("the bank executes it"),
    Move.PAYROLL: _("payroll pays it with the wages"),
}
"""Whose move it is."""

DIFFERENCES = {
    "kind": _("A credit note is wanted where an amount is claimed back, and an invoice where one is paid."),
    "net": _("Without VAT it is %(said)s; %(owed)s is owed."),
    "vat": _("Its VAT is %(said)s; by what you declared it is %(owed)s."),
    "total": _("Its total is %(said)s; it should be %(owed)s."),
    "currency": _("It is in %(said)s; it should be in %(owed)s."),
    "supplier": _("The supplier on it is %(said)s; by your details it is %(owed)s."),
    "customer": _("The customer on it is %(said)s; it should be %(owed)s."),
    "date": _("Its date, %(said)s, is still to come."),
    "old": _("Its date, %(said)s, is more than a year ago."),
    "number_length": _("Its number has more than %(said)s letters."),
    "many_lines": _("It has more than %(said)s lines; sum them up."),
    "iban": _("It names another account than your details. Change your details first; then it is paid there."),
    "reference": _("It names neither the reference %(owed)s nor the cases that it is about."),
    "number": _("You sent an invoice with the number %(said)s before."),
    "self_billed": _("It says that the customer makes it out; send an invoice of your own."),
    "lines": _("Its lines sum to %(said)s; it says %(owed)s."),
    "taxes": _("Its VAT does not follow from its amounts and rates."),
}
"""Where a member's own invoice is not what is owed."""

ANSWERED = {
    "open": _("can be contested"),
    "accepted": _("accepted"),
    "tacitly": _("accepted: not contested in time"),
    "contested": _("contested"),
    "stands": _("contested, and answered"),
    "credited": _("contested, and taken back"),
}
"""What became of the question whether a member accepts a document."""

LOOKS: dict[str, Any] = {
    Missing.DETAILS: _("no payee details yet"),
    Missing.IBAN: _("no account number"),
    Missing.AGREEMENT: _("no self-billing agreement"),
    Missing.INVOICE: _("no invoice from the payee yet"),
    Missing.ORGANISATION: _("our own legal data are missing"),
    Missing.VAT: _("VAT position to be clarified"),
    Caution.IBAN_RECENT: _("account number changed within 72 hours"),
    Caution.IBAN_FIRST: _("first payment to this account"),
    Caution.OVER_LIMIT: _("over the limit"),
    Caution.OWN_CASE: _("recorded by whoever earns by it"),
    Caution.RETURNED_BEFORE: _("paid before, and came back"),
}
TO_DO = {
    Missing.DETAILS: _("Tell us how you are paid."),
    Missing.IBAN: _("Give the number of your account."),
    Missing.AGREEMENT: _("Read and accept the self-billing agreement."),
    Missing.INVOICE: _("Send your invoice for what is approved."),
    Missing.ORGANISATION: _("The organisation's own data are not complete; its administrator has to add them."),
    Missing.VAT: _("Your VAT position is a special one; finance gets in touch with you."),
}
"""What is missing, said to the payee."""


def difference_of_invoice(difference: Difference) -> str:
    """Return what has to be put right in a member's own invoice, in a sentence."""
    return str(DIFFERENCES[difference.code]) % {"said": difference.said, "owed": difference.owed}
