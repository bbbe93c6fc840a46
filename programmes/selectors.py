"""Which rules are in force, which are being written, who agreed to what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from django.db.models import QuerySet

from members.models import Member
from programmes.engine.mistakes import Mistake
from programmes.engine.rules import RuleSet
from programmes.models import Acceptance, Draft, Programme, Version


def in_force(case_kind: str, on: date) -> list[Version]:
    """Return the version of each programme for a kind of case that applies on a day, by the programme's name."""
    return [version for version in all_in_force(on) if version.programme.case_kind == case_kind]


def all_in_force(on: date) -> list[Version]:
    """Return the version of each programme that applies on a day, by the programme's name."""
    found = Version.objects.filter(effective_on__lte=on).select_related("programme")
    standing = found.exclude(programme__retired_on__lte=on)
    newest = standing.order_by("programme_id", "-number").distinct("programme_id")
    return sorted(newest, key=lambda version: version.programme.name)


def not_replaced(versions: Iterable[Version]) -> list[Version]:
    """Return those of a programme's versions that come into force, in their order: a newer one replaces what was to follow it."""
    found: list[Version] = []
    for one in sorted(versions, key=lambda version: version.number, reverse=True):
        if not found or one.effective_on < found[-1].effective_on:
            found.append(one)
    return found[::-1]


def replacing(version: Version, versions: Iterable[Version]) -> Version | None:
    """Return the first newer version that begins no later than this one, and so takes its place on its first day or before."""
    newer = (one for one in versions if one.number > version.number and one.effective_on <= version.effective_on)
    return min(newer, key=lambda one: one.number, default=None)


def filling_the_pot() -> Version | None:
    """Return the newest rules that set something aside for a pot, if there are any."""
    found = Version.objects.filter(programme__case_kind="opportunity").select_related("programme").order_by("-pk")
    return next((one for one in found if one.rule_set.fills_pot), None)


def not_allowed(rules: RuleSet, programme: Programme | None) -> list[Mistake]:
    """Return what keeps rules that are good by themselves from being those of a programme, or of a new one, here."""
    found = []
    if programme and rules.case != programme.case_kind:
        found.append(Mistake("case", "case_kept", {"case": programme.case_kind}))
    other = filling_the_pot() if rules.fills_pot else None
    if other and other.rule_set.currency != rules.currency:
        found.append(Mistake("currency", "one_pot", {"currency": other.rule_set.currency}))
    beside = remitted_in_another_currency(rules, programme)
    if beside and not found:
        found.append(Mistake("currency", "one_turnover", {"currency": beside.rule_set.currency}))
    return found


def remitted_in_another_currency(rules: RuleSet, programme: Programme | None) -> Version | None:
    """Return another programme's newest rules that ask a share of the same turnover, which is said in one currency, in another."""
    if not rules.is_remitted:
        return None
    others = Version.objects.filter(programme__case_kind="opportunity", programme__retired_on=None)
    newest = others.exclude(programme=programme).order_by("programme", "-pk").distinct("programme")
    found = newest.select_related("programme")
    return next((one for one in found if one.rule_set.is_remitted and one.rule_set.currency != rules.currency), None)


def remitted_beside(rules: RuleSet, programme: Programme | None, on: date) -> Version | None:
    """Return another programme's version under which who lands work remits as well: what both ask adds up."""
    others = (one for one in in_force("opportunity", on) if programme is None or one.programme_id != programme.pk)
    return next((one for one in others if one.rule_set.is_remitted), None) if rules.is_remitted else None


def for_cases(case_kind: str) -> QuerySet[Programme]:
    """Return every programme that a kind of case ran under, retired ones too."""
    return Programme.objects.filter(case_kind=case_kind).order_by("name")


@dataclass(frozen=True)
class Listed:
    """A programme as the list shows it: the version in force, one to come, the draft of the next."""

    programme: Programme
    version: Version | None
    coming: Version | None
    draft: Draft | None
    accepted: bool

    @property
    def is_retired(self) -> bool:
        return self.programme.retired_on is not None


def listed(member: Member, on: date) -> list[Listed]:
    """Return every programme, those in force first, in a fixed number of queries."""
    current = {version.programme_id: version for version in all_in_force(on)}
    later = Version.objects.filter(effective_on__gt=on).order_by("programme_id")
    coming = {key: not_replaced(group) for key, group in groupby(later, key=attrgetter("programme_id"))}
    drafts = {draft.programme_id: draft for draft in Draft.objects.exclude(programme=None)}
    accepted = set(Acceptance.objects.filter(member=member).values_list("version_id", flat=True))
    found = []
    for programme in Programme.objects.order_by("name"):
        now = current.get(programme.pk)
        draft = drafts.get(programme.pk)
        after = next((one for one in coming.get(programme.pk, []) if not now or one.number > now.number), None)
        found.append(Listed(programme, now, after, draft, bool(now and now.pk in accepted)))
    return sorted(found, key=lambda one: (one.version is None, one.programme.name))


def new_drafts() -> QuerySet[Draft]:
    """Drafts of programmes that were never published."""
    return Draft.objects.filter(programme=None).select_related("changed_by").order_by("name", "pk")


def current(programme: Programme, on: date) -> Version | None:
    """Return the version in force on a day, else the first one to come."""
    return holding(Version.objects.filter(programme=programme), on)


def coming(programme: Programme, on: date) -> Version | None:
    """Return the version that follows the one in force on a day."""
    standing = not_replaced(Version.objects.filter(programme=programme))
    return next((one for one in standing if one.effective_on > on), None)


def history(programme: Programme) -> list[Version]:
    """Return a programme's versions, the newest first."""
    found = Version.objects.filter(programme=programme).select_related("published_by")
    return list(found.order_by("-number"))


def before(version: Version) -> Version | None:
    """Return the version whose place this one takes: which would hold on its first day without it."""
    earlier = Version.objects.filter(programme=version.programme_id, number__lt=version.number)
    return holding(earlier, version.effective_on)


def last_accepted(member: Member, programme: Programme) -> Acceptance | None:
    """Return the newest version of a programme that a member agreed to."""
    found = Acceptance.objects.filter(member=member, version__programme=programme).select_related("version")
    return found.order_by("-version__number").first()


def holding(versions: Iterable[Version], on: date) -> Version | None:
    """Return the last of a programme's versions that has begun on a day, else the first that will."""
    standing = not_replaced(versions)
    begun = [one for one in standing if one.effective_on <= on]
    return next(iter([*begun[-1:], *standing[:1]]), None)
