"""What mails say about money, to members and to finance. In the language in force."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.money import SAVED
from notices.kinds import Kind
from notices.writing.letter import Letter
from payouts.models import Document, DocumentAnswer, Entitlement, Payable, Payee, Payment, ReceivedInvoice, Redemption
from payouts.selectors.promise import Late
from payouts.selectors.settings import payout_settings
from payouts.sepa import references
from programmes import wording
from referrals.models import Case
from referrals.templatetags.cases import person


def due(entitlement: Entitlement, case: Case, title: str, part: Decimal, path: str) -> Letter:
    """To an introducer: earned; `title` is what a case of a network is about."""
    amount = wording.money(part, entitlement.unit)
    subject = _("You earned %(amount)s") % {"amount": amount}
    lines = [_("It is for %(person)s.") % {"person": title or person(case)}]
    if entitlement.pay_by and entitlement.unit not in SAVED:
        lines.append(_("It is paid by %(day)s at the latest.") % {"day": wording.day(entitlement.pay_by)})
    return Letter(Kind.DUE, subject, lines, _("See why"), path)


def approved(payable: Payable, path: str) -> Letter:
    """To the payee: approved."""
    subject = _("%(amount)s was approved") % {"amount": wording.money(payable.amount, payable.currency)}
    return Letter(Kind.APPROVED, subject, [_("It is on its way to you.")], _("See where it stands"), path)


def paid(payable: Payable, document: Document | None, path: str) -> Letter:
    """To the payee: paid, with its VAT where there is any."""
    assert payable.paid_on is not None
    params = {
        "amount": wording.money(document.total if document else payable.amount, payable.currency),
        "day": wording.day(payable.paid_on),
        "reference": payable.payment_reference,
    }
    lines = [_("It was paid on %(day)s, with reference %(reference)s.") % params]
    return Letter(Kind.PAID, _("%(amount)s was paid") % params, lines, _("See where it stands"), path)


def invoiced(document: Document, left: Decimal | None, path: str) -> Letter:
    """To the member: a document was made out in their name, or to them, of which `left` is to be paid by them."""
    params = {
        "kind": document.get_kind_display(),
        "number": document.number,
        "day": wording.day(document.pay_by),
        "amount": wording.money(abs(document.total), document.currency),
    }
    if document.credits:
        lines = [_("It takes %(amount)s off %(of)s.") % (params | {"of": document.credits.number})]
    else:
        lines = [_("It is over %(amount)s, to be paid by %(day)s.") % params]
    if document.answer_by:
        lines.append(
            _("Look whether it is right. You can contest it until %(day)s; if you say nothing by then, you accept it.")
            % {"day": wording.day(document.answer_by)}
        )
    if left is not None and left < document.total:
        told = wording.money(left, document.currency)
        lines.append(
            _("Some of it is paid, or set off, by now: %(left)s is left to be paid.") % {"left": told}
            if left > 0
            else _("It is paid, or set off, by now: nothing is left to be paid.")
        )
    if document.reference and (left is None or left > 0):
        params |= {"reference": references.written(document.reference), "account": payout_settings().iban}
        lines.append(
            _("Pay it to account %(account)s, with the reference %(reference)s.") % params
            if params["account"]
            else _("Pay it with the reference %(reference)s.") % params
        )
    return Letter(Kind.INVOICED, _("%(kind)s %(number)s") % params, lines, _("Download it"), path)


def contested(document: Document, answer: DocumentAnswer, path: str) -> Letter:
    """To finance: a member contests a document."""
    params = {"number": document.number, "name": document.member.name}
    lines = [_("%(name)s says:") % params, f"“{answer.because}”", _("It is not paid before you answered.")]
    return Letter(Kind.CONTESTED, _("%(number)s is contested") % params, lines, _("Look at it"), path)


def contest_settled(document: Document, answer: DocumentAnswer, path: str) -> Letter:
    """To a member who contested a document: what became of it."""
    params = {"number": document.number}
    if answer.outcome == DocumentAnswer.Outcome.CREDITED:
        lines = [_("It is taken back by a credit note. Look at your details, so that the next one is right.")]
    else:
        lines = [_("It stands as it is, and is paid."), f"“{answer.reply}”"]
    return Letter(Kind.CONTESTED, _("About %(number)s, which you contested") % params, lines, _("Look at it"), path)


def received(received: ReceivedInvoice, path: str) -> Letter:
    """To finance: a member sent an invoice as PDF."""
    subject = _("%(name)s sent an invoice") % {"name": received.member.name}
    return Letter(Kind.RECEIVED, subject, [_("Enter what stands on it, or send it back.")], _("Look at it"), path)


def refused(because: str, path: str) -> Letter:
    """To a member: their invoice has to be put right."""
    lines = [_("It could not be matched with what is owed to you:"), f"“{because}”", _("Send it again, put right.")]
    return Letter(Kind.RECEIVED, _("Your invoice came back"), lines, _("Send an invoice"), path)


def asked_for(redemption: Redemption, path: str) -> Letter:
    """To who decides: a member redeems points."""
    params = {"name": redemption.member.name, "item": redemption.item.name}
    lines = [_("It costs %(points)s.") % {"points": wording.money(Decimal(redemption.points), redemption.currency)}]
    if redemption.wish:
        lines.append(f"“{redemption.wish}”")
    return Letter(Kind.REDEEMED, _("%(name)s would like: %(item)s") % params, lines, _("Grant or refuse"), path)


def redeemed(redemption: Redemption, path: str) -> Letter:
    """To a member who redeemed points: granted or not."""
    if redemption.state == Redemption.State.GRANTED:
        subject, lines = _("Granted: %(item)s"), []
    else:
        subject, lines = _("Not granted: %(item)s"), [_("Your points are back on your balance.")]
    if redemption.said:
        lines.insert(0, f"“{redemption.said}”")
    return Letter(Kind.REDEEMED, subject % {"item": redemption.item.name}, lines, _("See your points"), path)


def returned(payment: Payment, path: str) -> Letter:
    """To a member whose bank sent a payment back."""
    lines = [_("Your bank sent it back. Look whether the account number is right; then it is paid again.")]
    if payment.return_reason:
        lines.append(_("The bank's reason: %(reason)s") % {"reason": payment.return_reason})
    amount = wording.money(payment.amount, payment.currency)
    return Letter(Kind.RETURNED, _("%(amount)s came back") % {"amount": amount}, lines, _("How I am paid"), path)


def came_back(payment: Payment, path: str) -> Letter:
    """To finance: a payment came back, and is to be paid again."""
    amount = wording.money(payment.amount, payment.currency)
    lines = [_("It was paid to %(name)s, and can be paid again.") % {"name": payment.member.name}]
    if payment.return_reason:
        lines.append(_("The bank's reason: %(reason)s") % {"reason": payment.return_reason})
    return Letter(Kind.RETURNED, _("%(amount)s came back") % {"amount": amount}, lines, _("Look at it"), path)


def account_changed(payee: Payee, path: str) -> Letter:
    """To a payee: an account number was named. Nobody should learn of that from their bank."""
    said = _("From now on you are paid to %(masked)s.") % {"masked": payee.iban_masked}
    if payee.iban_rests_until:
        rests = date_format(timezone.localtime(payee.iban_rests_until), "DATETIME_FORMAT")
        said = _("From %(moment)s on you are paid to %(masked)s; until then nothing is paid.") % {
            "masked": payee.iban_masked, "moment": rests
        }  # fmt: skip
    lines = [
        said,
        _("Was this not you? Change it back at once, and tell finance."),
    ]
    subject = _("Your account number was changed") if payee.iban_rests_until else _("Your account number")
    return Letter(Kind.ACCOUNT, subject, lines, _("How I am paid"), path)


def late(document: Document, left: Decimal, number: int, path: str) -> Letter:
    """To a member: an invoice is late; the second time too."""
    params = {
        "number": document.number,
        "left": wording.money(left, document.currency),
        "day": wording.day(document.pay_by or document.issued_on),
        "reference": references.written(document.reference) if document.reference else "",
    }
    lines = [_("Invoice %(number)s was to be paid by %(day)s; %(left)s of it is open.") % params]
    if document.reference:
        lines.append(_("Name %(reference)s when you pay.") % params)
    lines.append(_("Did you pay these days? Then you need do nothing. Is something wrong? Answer finance.") % params)
    subject = _("Reminder: invoice %(number)s") if number == 1 else _("Second reminder: invoice %(number)s")
    return Letter(Kind.LATE, subject % params, lines, _("See the invoice"), path)


def promises(found: Sequence[Late], path: str) -> Letter:
    """To finance: what was promised for a day that is near, or over."""
    count, late = len(found), sum(one.days_left < 0 for one in found)
    lines = [
        ngettext(
            "%(count)d amount is promised within a week, or should have been paid.",
            "%(count)d amounts are promised within a week, or should have been paid.",
            count,
        )
        % {"count": count}
    ]
    if late:
        lines.append(ngettext("%(count)d of them is late.", "%(count)d of them are late.", late) % {"count": late})
    subject = _("Promised: what finance has to do now")
    return Letter(Kind.PROMISE, subject, lines, _("See what, and whose move it is"), path)
