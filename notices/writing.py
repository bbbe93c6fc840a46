"""What mails say: what happened, what it means for you, and one button. In the language in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.models import Invitation
from notices.kinds import Kind
from payouts.models import Document, DocumentAnswer, Entitlement, Payable, Payee, Payment, ReceivedInvoice
from payouts.selectors.promise import Late
from payouts.sepa import references
from programmes import wording
from programmes.differences import differences, sentences
from programmes.models import Version
from referrals.models import Case, Fact, Interview, Presentation
from referrals.selectors.timelines import live_facts
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


def confirm(case: Case, organisation: str, path: str) -> Letter:
    """To someone who followed a member's link: was it you?"""
    params = {"who": case.introducer.name, "where": organisation}
    lines = [
        _("Hello %(name)s,") % {"name": person(case)},
        _("You followed the link of %(who)s and would like %(where)s to know you.") % params,
        _("Say yes behind this button, and a recruiter gets in touch. Was it not you? Say no, or do nothing."),
    ]
    return Letter(Kind.ASKED, _("Please confirm: %(where)s") % params, lines, _("Answer yes or no"), path)


def interview(interview: Interview, organisation: str, path: str) -> Letter:
    """To the person: when and where, or that it is off."""
    when = timezone.localtime(interview.starts_at)
    params = {
        "where": organisation,
        "with": interview.client.name if interview.client else organisation,
        "day": wording.day(when.date()),
        "time": f"{when:%H:%M}",
        "place": interview.place,
    }
    if interview.state == Interview.State.CANCELLED:
        lines = [_("The talk with %(with)s on %(day)s at %(time)s does not take place.") % params]
        return Letter(
            Kind.INTERVIEW, _("Cancelled: your interview of %(day)s") % params, lines, _("See where it stands"), path
        )
    lines = [_("%(with)s expects you on %(day)s at %(time)s.") % params, _("Where: %(place)s") % params]
    return Letter(Kind.INTERVIEW, _("Your interview on %(day)s") % params, lines, _("See where it stands"), path)


def assignment(presentation: Presentation, organisation: str, path: str) -> Letter:
    """To the person: may this client see your profile?"""
    params = {"title": presentation.title, "client": presentation.client.name, "where": organisation}
    lines = [
        _("%(where)s would like to present you to %(client)s: %(title)s.") % params,
        *([presentation.about] if presentation.about else []),
        _("Nobody there sees your profile before you say yes."),
    ]
    subject = _("May we present you to %(client)s?") % params
    return Letter(Kind.ASSIGNMENT, subject, lines, _("Answer yes or no"), path)


def merged(case: Case, path: str) -> Letter:
    """To an introducer: someone else recommended the same person, and what follows from it."""
    lines = [_("%(person)s was recommended by someone else too.") % {"person": person(case)}]
    if case.shares_with_id or case.joined.exists():
        lines.append(_("You share what it brings, in equal parts."))
    elif live_facts([case.pk]).filter(kind__in=["duplicate_of", "known_candidate"]).exists():
        lines.append(
            _(
                "Under the terms the other recommendation counts; this one brings nothing. Behind the button you see why."
            )
        )
    else:
        lines.append(_("Yours counts; nothing changes for you."))
    return Letter(Kind.MERGED, _("%(person)s is known twice") % {"person": person(case)}, lines, _("See why"), path)


def unmerged(case: Case, path: str) -> Letter:
    """To an introducer: the merge was a mistake."""
    lines = [
        _("We took %(person)s for someone whom another member recommended. That was a mistake and is taken back.")
        % {"person": person(case)},
        _("Your recommendation stands on its own again."),
    ]
    subject = _("%(person)s: corrected") % {"person": person(case)}
    return Letter(Kind.UNMERGED, subject, lines, _("See where it stands"), path)


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


def due(entitlement: Entitlement, case: Case, part: Decimal, path: str) -> Letter:
    """To an introducer: earned."""
    amount = wording.money(part, entitlement.unit)
    subject = _("You earned %(amount)s") % {"amount": amount}
    lines = [_("It is for %(person)s.") % {"person": person(case)}]
    if entitlement.pay_by and entitlement.unit not in ("coin", "point"):
        lines.append(_("It is paid by %(day)s at the latest.") % {"day": wording.day(entitlement.pay_by)})
    return Letter(Kind.DUE, subject, lines, _("See why"), path)


def approved(payable: Payable, path: str) -> Letter:
    """To the payee: approved."""
    subject = _("%(amount)s was approved") % {"amount": wording.money(payable.amount, payable.currency)}
    return Letter(Kind.APPROVED, subject, [_("It is on its way to you.")], _("See where it stands"), path)


def invoiced(document: Document, path: str) -> Letter:
    """To the member: a document was made out in their name, or to them."""
    params = {"kind": document.get_kind_display(), "number": document.number, "day": wording.day(document.pay_by)}
    lines = [
        _("It is over %(amount)s, to be paid by %(day)s.")
        % (params | {"amount": wording.money(document.total, document.currency)})
    ]
    if document.answer_by:
        lines.append(
            _("Look whether it is right. You can contest it until %(day)s; if you say nothing by then, you accept it.")
            % {"day": wording.day(document.answer_by)}
        )
    if document.reference:
        lines.append(
            _("Pay it with the reference %(reference)s.") % {"reference": references.written(document.reference)}
        )
    return Letter(Kind.INVOICED, _("%(kind)s %(number)s") % params, lines, _("Download it"), path)


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


def received(received: ReceivedInvoice, path: str) -> Letter:
    """To finance: a member sent an invoice as PDF."""
    subject = _("%(name)s sent an invoice") % {"name": received.member.name}
    return Letter(Kind.RECEIVED, subject, [_("Enter what stands on it, or send it back.")], _("Look at it"), path)


def refused(because: str, path: str) -> Letter:
    """To a member: their invoice has to be put right."""
    lines = [_("It could not be matched with what is owed to you:"), f"“{because}”", _("Send it again, put right.")]
    return Letter(Kind.RECEIVED, _("Your invoice came back"), lines, _("Send an invoice"), path)


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


def returned(payment: Payment, path: str) -> Letter:
    """To a member whose bank sent a payment back."""
    lines = [_("Your bank sent it back. Look whether the account number is right; then it is paid again.")]
    if payment.return_reason:
        lines.append(_("The bank's reason: %(reason)s") % {"reason": payment.return_reason})
    amount = wording.money(payment.amount, payment.currency)
    return Letter(Kind.RETURNED, _("%(amount)s came back") % {"amount": amount}, lines, _("How I am paid"), path)


def account_changed(payee: Payee, path: str) -> Letter:
    """To a payee: another account number was named. Nobody should learn of that from their bank."""
    assert payee.iban_rests_until is not None
    rests = timezone.localtime(payee.iban_rests_until)
    lines = [
        _("From %(moment)s on you are paid to %(masked)s; until then nothing is paid.")
        % {"masked": payee.iban_masked, "moment": date_format(rests, "DATETIME_FORMAT")},
        _("Was this not you? Change it back at once, and tell finance."),
    ]
    return Letter(Kind.ACCOUNT, _("Your account number was changed"), lines, _("How I am paid"), path)


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


def terms(version: Version, earlier: Version | None, path: str) -> Letter:
    """To every member: what a new version changes, and from when."""
    params = {"name": version.programme.name, "day": wording.day(version.effective_on)}
    lines = [version.note] if version.note else []
    if earlier is None:
        subject = _("New: %(name)s") % params
        lines += [_("It begins on %(day)s.") % params, *sentences(version.rule_set)]
    else:
        subject = _("New terms from %(day)s: %(name)s") % params
        lines.append(
            _("What you brought in before keeps the version under which you did. For what comes later, this changes:")
        )
        for change in differences(earlier.rule_set, version.rule_set):
            lines += [_("No more: %(line)s") % {"line": line} for line in change.before]
            lines += [_("New: %(line)s") % {"line": line} for line in change.after]
    return Letter(Kind.TERMS, subject, lines, _("Read the terms"), path)


def invited(invitation: Invitation, organisation: str, path: str) -> Letter:
    """To somebody who is invited to join."""
    params = {"name": invitation.name, "where": organisation}
    lines = [
        _("Hello %(name)s,") % params,
        _("%(where)s would like you to recommend people, and pays for it. Join behind this button; it takes a minute.")
        % params,
    ]
    return Letter(Kind.INVITED, _("Come and recommend people to %(where)s") % params, lines, _("Join"), path)
