"""What mails say: what happened, what it means for you, and one button. In the language in force."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from notices.kinds import Kind
from payouts.models import Entitlement, Payable
from programmes import wording
from referrals.models import Case, Fact
from referrals.templatetags.cases import person
from referrals.wording import STAGES


@dataclass(frozen=True)
class Letter:
    """A mail's words, and the path and label of its button."""

    kind: Kind
    subject: str
    lines: list[str]
    button: str
    path: str


def asked(case: Case, organisation: str, path: str, introduction: str) -> Letter:
    """To the person recommended: may we?"""
    params = {"who": case.introducer.name, "where": organisation}
    subject = _("%(who)s recommends you to %(where)s") % params
    lines = [
        _("Hello %(name)s,") % {"name": person(case)},
        _("%(who)s thinks that %(where)s should know you, and gave us your name and e-mail address.") % params,
        *([f"“{introduction}”"] if introduction else []),
        _(
            "Nobody calls you before you say yes. The page behind this button shows what we keep, and erases it if you like."
        ),
    ]
    return Letter(Kind.ASKED, subject, lines, _("Answer yes or no"), path)


def thanks(case: Case, path: str) -> Letter:
    """To the introducer, at once."""
    subject = _("Thank you for recommending %(person)s") % {"person": person(case)}
    lines = [
        _("We have asked %(person)s whether they want this, and call only after a yes.") % {"person": person(case)},
        _("You can see at any time where it stands, what it can bring you, and why."),
    ]
    return Letter(Kind.THANKS, subject, lines, _("See where it stands"), path)


def agreed(case: Case, path: str) -> Letter:
    """To the introducer: the person said yes."""
    subject = _("%(person)s said yes") % {"person": person(case)}
    return Letter(Kind.AGREED, subject, [_("A recruiter now gets in touch.")], _("See where it stands"), path)


def moved(case: Case, fact: Fact, path: str) -> Letter:
    """To the introducer: a step further."""
    params = {"person": person(case), "stage": STAGES[case.stage]}  # type: ignore[index]
    subject = _("%(person)s: %(stage)s") % params
    lines = [_("%(person)s now stands at “%(stage)s”, since %(day)s.") % (params | {"day": wording.day(fact.on)})]
    return Letter(Kind.MOVED, subject, lines, _("See what is still missing"), path)


def ended(case: Case, reason: str, path: str) -> Letter:
    """To the introducer: it ended, and why."""
    subject = _("%(person)s: the recommendation has ended") % {"person": person(case)}
    lines = [
        reason or _("The person does not want to go on."),
        _("Thank you all the same: good people are always welcome."),
    ]
    return Letter(Kind.ENDED, subject, lines, _("Read more"), path)


def due(entitlement: Entitlement, path: str) -> Letter:
    """To the introducer: earned."""
    amount = wording.money(entitlement.amount or 0, entitlement.unit)
    subject = _("You earned %(amount)s") % {"amount": amount}
    lines = [_("It is for %(person)s.") % {"person": person(entitlement.case)}]
    if entitlement.pay_by and entitlement.unit not in ("coin", "point"):
        lines.append(_("It is paid by %(day)s at the latest.") % {"day": wording.day(entitlement.pay_by)})
    return Letter(Kind.DUE, subject, lines, _("See why"), path)


def approved(payable: Payable, path: str) -> Letter:
    """To the payee: approved."""
    subject = _("%(amount)s was approved") % {"amount": wording.money(payable.amount, payable.currency)}
    return Letter(Kind.APPROVED, subject, [_("It is on its way to you.")], _("See where it stands"), path)


def paid(payable: Payable, path: str) -> Letter:
    """To the payee: paid."""
    assert payable.paid_on is not None
    params = {
        "amount": wording.money(payable.amount, payable.currency),
        "day": wording.day(payable.paid_on),
        "reference": payable.payment_reference,
    }
    lines = [_("It was paid on %(day)s, with reference %(reference)s.") % params]
    return Letter(Kind.PAID, _("%(amount)s was paid") % params, lines, _("See where it stands"), path)
