"""What a member is to pay, and the picture of it that a bank's app reads: the QR code of the European Payments Council."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe
from segno.helpers import make_epc_qr
from stdnum import iban

from payouts.ubl.invoice import Invoice, Means

LONGEST_NAME = 70


@dataclass(frozen=True)
class ToPay:
    """An amount that is left of an invoice, the account in groups of four, and a picture; empty for what no such code can say."""

    amount: Decimal
    account: str
    picture: SafeString


def to_pay(paper: Invoice, left: Decimal | None) -> ToPay | None:
    """Return what is left to pay of an invoice; None where nothing is, or nobody says to which account."""
    if left is None or left <= 0 or paper.means is None or not paper.means.iban:
        return None
    account = iban.format(paper.means.iban)
    return ToPay(left, account, _picture(paper, paper.means, left) if paper.currency == "EUR" else SafeString())


def _picture(paper: Invoice, means: Means, amount: Decimal) -> SafeString:
    reference = means.reference.replace(" ", "")
    said = {"reference": reference} if reference.startswith("RF") else {"text": reference}
    try:
        code = make_epc_qr(paper.supplier.name[:LONGEST_NAME], means.iban, amount, **said)
    except ValueError:  # an amount or name that the code cannot hold: the figures beside it say the same
        return SafeString()
    drawn: str = code.svg_inline(omitsize=True, border=2, dark="#14181b", light="#ffffff")
    return mark_safe(drawn)  # noqa: S308  drawn by segno: no text of anybody stands in it
