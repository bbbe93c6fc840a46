"""What members do for a network beside sharing opportunities: publicity, confirmed by an administrator; members brought in."""

import re
from datetime import date, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.db import transaction
from django.utils import timezone

from members.models import Member
from members.services.locking import lock_organisation
from programmes import selectors as programmes
from programmes.models import Version
from referrals.models import Case, Joining, Publicity
from referrals.selectors.timelines import live_facts
from referrals.services import beginning
from referrals.services.beginning import NoProgrammeError
from referrals.services.facts import NewFact, record
from referrals.services.locking import lock
from referrals.signals import publicity_claimed

TRACKING = re.compile(r"utm_|fbclid$|gclid$|ref$|trk", re.IGNORECASE)
"""Names of parameters that say where somebody came from, not what they see."""


class DecidedAlreadyError(Exception):
    """Somebody else decided on it meanwhile."""


class OwnClaimError(Exception):
    """Nobody confirms what earns themselves coins."""


class ClaimedAlreadyError(Exception):
    """The same link was claimed before."""


@transaction.atomic
def claim_publicity(*, link: str, about: str, on: date, by: Member, at: datetime) -> Publicity:
    """Claim coins for publicity; NoProgrammeError where none are promised, ClaimedAlreadyError for a link that is known."""
    lock_organisation(by.organisation_id)  # one of two who claim the same
    standing = Publicity.objects.exclude(case__stage="rejected").values_list("link", flat=True)
    if plain(link) in {plain(one) for one in standing.filter(link__icontains=_host(link))}:
        raise ClaimedAlreadyError
    case = begin("publicity_confirmed", by, at)
    made = Publicity.objects.create(case=case, link=link, about=about, on=on)
    publicity_claimed.send(Publicity, publicity=made, at=at)
    return made


def plain(link: str) -> str:
    """Return what two links to the same page have in common: without scheme, `www.`, fragment, last slash, and who sent one there."""
    parts = urlsplit(link.strip())
    told = [(name, value) for name, value in parse_qsl(parts.query) if not TRACKING.match(name)]
    return f"{_host(link)}{parts.path.rstrip('/')}?{urlencode(sorted(told))}"


def _host(link: str) -> str:
    return (urlsplit(link.strip()).hostname or "").removeprefix("www.")


@transaction.atomic
def decide_publicity(*, publicity: Publicity, is_confirmed: bool, said: str, by: Member, at: datetime) -> None:
    """Confirm publicity, which brings its coins, or refuse it with a reason. OwnClaimError, DecidedAlreadyError."""
    case = lock(publicity.case_id)
    if case.introducer_id == by.pk:
        raise OwnClaimError
    if case.is_over:
        raise DecidedAlreadyError
    today = timezone.localdate(at)
    if is_confirmed:
        facts = [NewFact("publicity_confirmed", publicity.on), NewFact("closed", today)]
    else:
        facts = [NewFact("rejected", today, {"reason": "other"}, text=said)]
    record(case=case, facts=facts, at=at, by=by)


@transaction.atomic
def begin_joining(*, member: Member, brought_by: Member, at: datetime) -> None:
    """Begin the case of a new member for who brought them in, where coins are promised for it; not for oneself, nor for who left."""
    if brought_by == member or brought_by.left_on:
        return
    try:
        case = begin("member_joined", brought_by, at)
    except NoProgrammeError:
        return
    Joining.objects.create(case=case, member=member)


@transaction.atomic
def note_joined(*, joining: Joining, on: date, at: datetime) -> None:
    """Record that a new member has joined for good: their registration fee is paid, also after they left. Once is enough."""
    case = lock(joining.case_id)
    if live_facts([case.pk]).filter(kind="member_joined").exists():
        return
    again = [NewFact("reopened", on)] if case.is_over else []
    record(case=case, facts=[*again, NewFact("member_joined", on), NewFact("closed", timezone.localdate(at))], at=at)


def begin(fact: str, by: Member, at: datetime) -> Case:
    """Begin a case of something that earns coins once a fact is recorded, under the programmes that wait for it."""
    today = timezone.localdate(at)
    case = beginning.begin(kind="activity", versions=_waiting_for(fact, today), by=by, at=at)
    record(case=case, facts=[NewFact("submitted", today)], at=at, by=by)
    return case


def is_promised(fact: str, on: date) -> bool:
    """Whether a programme promises something for it."""
    return bool(_waiting_for(fact, on))


def _waiting_for(fact: str, on: date) -> list[Version]:
    return [one for one in programmes.in_force("activity", on) if waits_for(one, fact)]


def waits_for(version: Version, fact: str) -> bool:
    """Whether a reward of a version falls due with a fact."""
    instalments = (one for reward in version.rule_set.rewards for one in reward.instalments or ())
    return any(fact in _names(one.when.model_dump()) for one in instalments)


def _names(rule: object) -> set[str]:
    """Every fact that a rule names, however deep."""
    if isinstance(rule, dict):
        own = {str(value) for name, value in rule.items() if name == "fact"}
        return own.union(*(_names(value) for value in rule.values()))
    if isinstance(rule, list | tuple):
        return set[str]().union(*(_names(one) for one in rule))
    return set()
