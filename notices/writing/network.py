"""What mails say about opportunities, remittances and the pot. In the language in force."""

from decimal import Decimal

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from kernel.money import ZERO
from members.models import Application, Invitation, Member
from notices.kinds import Kind
from notices.writing.letter import Letter
from payouts.models import Entitlement, Pot, PotObjection
from programmes import wording
from referrals.models import Interest, Opportunity, Publicity
from referrals.selectors.opportunities import leader


def asked_to_join(application: Application, organisation: str, path: str) -> Letter:
    """To somebody whom a member would like to have in the network."""
    params = {"name": application.name, "who": application.brought_by.name, "where": organisation}
    lines = [
        _("Hello %(name)s,") % params,
        _("%(who)s would like to have you in %(where)s: independents who share work with each other.") % params,
        *([f"“{application.note}”"] if application.note else []),
        _("Say what you have done, or that it is not for you: then what we know of you is erased.") % params,
    ]
    return Letter(Kind.APPLICATION, _("%(who)s asks you into %(where)s") % params, lines, _("See what it is"), path)


def application_arrived(application: Application, organisation: str, path: str) -> Letter:
    """To somebody who applied: it arrived, and what comes next."""
    params = {"name": application.name, "where": organisation}
    lines = [
        _("Hello %(name)s,") % params,
        _("Your application to %(where)s arrived. An administrator reads it, and you hear from us by mail.") % params,
        _("Until then you can change it, or take it back, behind this button."),
    ]
    return Letter(Kind.APPLICATION, _("Your application to %(where)s") % params, lines, _("My application"), path)


def applied(application: Application, path: str) -> Letter:
    """To administrators: somebody applied."""
    params = {"name": application.name, "who": application.brought_by.name}
    lines = [_("%(name)s, brought in by %(who)s, says what they have done. It waits for your decision.") % params]
    return Letter(Kind.APPLICATION, _("%(name)s applied") % params, lines, _("Read it"), path)


def admitted(invitation: Invitation, organisation: str, path: str) -> Letter:
    """To somebody who was admitted: they can join."""
    params = {"name": invitation.name, "where": organisation}
    lines = [_("Hello %(name)s,") % params, _("You are admitted to %(where)s. Join behind this button.") % params]
    return Letter(Kind.INVITED, _("Welcome to %(where)s") % params, lines, _("Join"), path)


def not_admitted(application: Application, organisation: str, because: str, path: str) -> Letter:
    """To somebody who was not admitted, and why."""
    params = {"name": application.name, "where": organisation}
    lines = [
        _("Hello %(name)s,") % params,
        _("%(where)s does not admit you now:") % params,
        f"“{because}”",
        _("What you told us is erased. Thank you for the time that you took.") % params,
    ]
    return Letter(Kind.APPLICATION, _("Your application to %(where)s") % params, lines, _("To the front page"), path)


def joined(member: Member, path: str) -> Letter:
    """To who brought somebody in: they joined."""
    params = {"name": member.name}
    lines = [_("%(name)s, whom you brought in, joined. Say hello.") % params]
    return Letter(Kind.APPLICATION, _("%(name)s joined") % params, lines, _("See their profile"), path)


def asked(opportunity: Opportunity, path: str) -> Letter:
    """To a member: who shares it thinks of them."""
    params = {"who": leader(opportunity).name, "title": opportunity.title}
    lines = [_("%(who)s asks whether this is something for you: %(title)s.") % params]
    return Letter(Kind.OPPORTUNITY, _("%(title)s: something for you?") % params, lines, _("Look at it"), path)


def interested(interest: Interest, path: str) -> Letter:
    """To who shares it: somebody wants it."""
    params = {"who": interest.member.name, "title": interest.opportunity.title}
    lines = [_("%(who)s is interested in %(title)s:") % params, f"“{interest.why}”"]
    return Letter(Kind.INTEREST, _("%(who)s is interested: %(title)s") % params, lines, _("See who fits"), path)


def talked(interest: Interest, who: str, path: str) -> Letter:
    """To a member: somebody says that they talked; is it so?"""
    params = {"who": who, "title": interest.opportunity.title}
    lines = [_("%(who)s told that you talked with who offers %(title)s. It counts once you say so too.") % params]
    return Letter(Kind.OPPORTUNITY, _("Did you talk about %(title)s?") % params, lines, _("Say whether it is so"), path)


def introduced(opportunity: Opportunity, team: str, path: str) -> Letter:
    """To a member: they were introduced."""
    params = {"who": leader(opportunity).name, "title": opportunity.title, "team": team}
    lines = [_("%(who)s introduced you for %(title)s.") % params]
    if team:
        lines.append(_("You go as a team: %(team)s.") % params)
    lines.append(_("You negotiate and contract yourself. Say so when talks were held, and when you landed it."))
    return Letter(Kind.OPPORTUNITY, _("You were introduced: %(title)s") % params, lines, _("Look at it"), path)


def landed(opportunity: Opportunity, title: str, names: list[str], path: str) -> Letter:
    """To who shared it: somebody landed it, or another assignment there."""
    params = {"who": wording.together(names), "title": title, "shared": opportunity.title}
    lines = [_("%(who)s landed %(title)s. What they remit to you stands behind the button, month by month.") % params]
    if title != opportunity.title:
        lines.insert(0, _("It came of %(shared)s, which you shared.") % params)
    return Letter(Kind.LANDED, _("%(who)s landed %(title)s") % params, lines, _("See what comes"), path)


def congratulated(opportunity: Opportunity, title: str, who: str, path: str) -> Letter:
    """To who landed it, under a `title` of its own perhaps: what comes now; `who` shared it."""
    params = {"title": title, "who": who}
    lines = [
        _("Congratulations on %(title)s.") % params,
        _("Declare how much the contribution of %(who)s was worth, and say each month what you invoiced.") % params,
    ]
    return Letter(Kind.LANDED, _("You landed %(title)s") % params, lines, _("Declare the contribution"), path)


def not_landed(opportunity: Opportunity, performer: Member, path: str) -> Letter:
    """To who leads it, or of whom it was said: it was not landed after all."""
    params = {"who": performer.name, "title": opportunity.title}
    lines = [_("%(who)s did not land %(title)s after all. It is as it was before that was said.") % params]
    return Letter(Kind.LANDED, _("Not landed after all: %(title)s") % params, lines, _("Look at it"), path)


def open_again(opportunity: Opportunity, path: str) -> Letter:
    """To who was interested: it is open again."""
    params = {"title": opportunity.title}
    lines = [_("%(title)s is open again, and you are among those who are interested.") % params]
    return Letter(Kind.OPPORTUNITY, _("Open again: %(title)s") % params, lines, _("Look at it"), path)


def gone(opportunity: Opportunity, path: str, *, was_interested: bool) -> Letter:
    """To who was asked, or interested: another member landed it."""
    params = {"title": opportunity.title}
    lines = [_("Another member landed %(title)s.") % params]
    if was_interested:
        lines.append(_("Thank you for your interest."))
    return Letter(Kind.OPPORTUNITY, _("Landed by another: %(title)s") % params, lines, _("Other opportunities"), path)


def closed(opportunity: Opportunity, reason: str, path: str) -> Letter:
    """To who was interested: nothing comes of it, and why."""
    params = {"title": opportunity.title}
    lines = [_("%(title)s was closed.") % params, *([f"“{reason}”"] if reason else [])]
    return Letter(Kind.OPPORTUNITY, _("Closed: %(title)s") % params, lines, _("Other opportunities"), path)


def silent(opportunity: Opportunity, days: int, path: str) -> Letter:
    """To who shares it: is it still alive?"""
    params = {"title": opportunity.title, "days": days}
    lines = [
        _("Nothing happened with %(title)s for a while.") % params,
        _("Say how it stands, or close it. If nothing happens in %(days)s days, it is closed by itself.") % params,
    ]
    return Letter(Kind.REMINDER, _("How does %(title)s stand?") % params, lines, _("Say how it stands"), path)


def handed_over(leaver: str, titles: list[str], path: str) -> Letter:
    """To an administrator: opportunities that wait for them, now that who shared them left."""
    params = {"who": leaver}
    lines = [
        _("%(who)s left. What they shared waits for you now:") % params,
        "\n".join(titles),
        _("Introduce who is interested, or close it with a word of why.") % params,
    ]
    return Letter(
        Kind.OPPORTUNITY, _("Opportunities of %(who)s are yours to lead") % params, lines, _("See them"), path
    )


def month_missing(titles: list[str], path: str) -> Letter:
    """To a performer: a month is missing, gently."""
    params = {"titles": ", ".join(titles)}
    lines = [_("You did not say yet what you invoiced for %(titles)s. It takes seconds.") % params]
    return Letter(Kind.REMINDER, _("What did you invoice last month?"), lines, _("Say it"), path)


def contribution_missing(titles: list[str], path: str) -> Letter:
    """To a performer: a contribution is not declared, and nothing is remitted before."""
    params = {"titles": ", ".join(titles)}
    lines = [
        _("How much was the contribution of who shared it worth to you: %(titles)s?") % params,
        _("You alone say it, on trust. Nothing is remitted to them before."),
    ]
    return Letter(Kind.REMINDER, _("Say how much it was worth"), lines, _("Say it"), path)


def released(entitlement: Entitlement, title: str, amount: Decimal, path: str) -> Letter:
    """To an introducer: the performer paid, and it is paid on; or it does not wait for that. `title` is what they landed."""
    params = {"amount": wording.money(amount, entitlement.unit), "title": title}
    lines = [_("It comes from %(title)s.") % params]
    if entitlement.revenue and entitlement.amount:
        params |= {
            "month": formats.date_format(entitlement.revenue.on, "YEAR_MONTH_FORMAT"),
            "so_far": wording.money(entitlement.released or ZERO, entitlement.unit),
            "whole": wording.money(entitlement.amount, entitlement.unit),
        }
        if entitlement.is_promised:
            lines.append(
                _("It is your part of the turnover of %(month)s. It does not wait for the remittance.") % params
            )
        else:
            told = _("Of the turnover of %(month)s, %(so_far)s of %(whole)s was paid by now, without VAT.")
            lines.append(told % params)
    if entitlement.pay_by and entitlement.pay_by >= timezone.localdate():
        lines.append(_("It is paid by %(day)s at the latest.") % {"day": wording.day(entitlement.pay_by)})
    return Letter(Kind.DUE, _("%(amount)s is on its way to you") % params, lines, _("See why"), path)


def pot_proposed(pot: Pot, path: str) -> Letter:
    """To every member: the division is open to objections."""
    params = {
        "year": pot.year,
        "day": wording.day(pot.objections_until),
        "total": wording.money(pot.total, pot.currency),
        "coins": wording.money(pot.coins, "coin"),
    }
    if pot.worth is not None:
        what = _("%(total)s is to be divided over %(coins)s.")
    elif pot.coins:
        what = _("Nothing is to be divided: the coins of %(year)s count for the next year.")
    else:
        what = _("No coins were earned: what is in the pot goes on to the next year.")
    lines = [
        what % params,
        _("Look whether your coins are right; you can object until %(day)s.") % params,
    ]
    return Letter(Kind.POT, _("The pot of %(year)s: is it right?") % params, lines, _("Look at it"), path)


def pot_closed(pot: Pot, amount: Decimal, coins: int, path: str) -> Letter:
    """To a member with coins: what they bring."""
    params = {
        "year": pot.year,
        "amount": wording.money(amount, pot.currency),
        "coins": wording.money(coins, "coin"),
    }
    lines = [_("The pot of %(year)s was divided: %(coins)s bring you %(amount)s.") % params]
    return Letter(Kind.DUE, _("You earned %(amount)s") % params, lines, _("Add it up"), path)


def objected(objection: PotObjection, path: str) -> Letter:
    """To finance: a member objects."""
    params = {"who": objection.member.name, "year": objection.pot.year}
    lines = [_("%(who)s says:") % params, f"“{objection.text}”", _("The pot is not divided before you answered.")]
    return Letter(Kind.CONTESTED, _("An objection to the pot of %(year)s") % params, lines, _("Answer"), path)


def answered(objection: PotObjection, path: str) -> Letter:
    """To a member: what finance answered to their objection."""
    params = {"year": objection.pot.year}
    lines = [_("You wrote:"), f"“{objection.text}”", _("The answer:"), f"“{objection.answer}”"]
    return Letter(
        Kind.POT, _("Your objection to the pot of %(year)s was answered") % params, lines, _("Look at it"), path
    )


def refused(publicity: Publicity, reason: str, path: str) -> Letter:
    """To a member: their publicity brings no coins, and why."""
    params = {"about": publicity.about}
    lines = [_("It brings no coins: %(about)s") % params, f"“{reason}”"]
    return Letter(Kind.CLAIMED, _("Publicity: not confirmed"), lines, _("Look at the pot"), path)


def claimed(publicity: Publicity, path: str) -> Letter:
    """To administrators: publicity to look at."""
    params = {"who": publicity.case.introducer.name, "about": publicity.about}
    lines = [_("%(who)s claims coins for: %(about)s") % params, publicity.link]
    return Letter(Kind.CLAIMED, _("Publicity to confirm, by %(who)s") % params, lines, _("Look at it"), path)
