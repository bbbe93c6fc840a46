"""What mails say about cases, to introducers and to the people they recommended. In the language in force."""

from django.utils import timezone
from django.utils.translation import gettext as _

from notices.kinds import Kind
from notices.writing.letter import Letter
from programmes import wording
from referrals.models import Case, Fact, Interview, Presentation
from referrals.selectors.timelines import live_facts
from referrals.templatetags.cases import person
from referrals.wording import STAGES


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
        _("You can object at any time; the same page says from whom we have it, and what it is used for."),
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
