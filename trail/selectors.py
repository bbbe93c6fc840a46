"""The trail, newest first, page by page: each source gives its newest rows, and the newest of those are shown."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Model, OuterRef, Q, Subquery

from members.models import Member, Organisation
from trail import wording
from trail.sources import SOURCES, Group, Source

PAGE = 50
LONGEST_EXPORT = 20_000
BY_NAME = {source.name: source for source in SOURCES}
KEPT_BY_TRIGGERS = "pgh_"


class Place(NamedTuple):
    """A place in the trail: its moment, and among what happened at one moment its source and row."""

    at: datetime
    source: str
    pk: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.source}~{self.pk}"

    @classmethod
    def parse(cls, text: str) -> "Place | None":
        """Read a place from an address; None for anything that is none."""
        try:
            at, source, pk = text.split("~")
            moment = datetime.fromisoformat(at).astimezone(UTC)
            return cls(moment, source, int(pk)) if source in BY_NAME else None
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True)
class Wanted:
    """What a reader asks for. `who` is a member; the days are as moments, the later one not included."""

    group: Group | None = None
    who: Member | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: Place | None = None


@dataclass
class Row:
    """One thing that happened. `changes` holds each changed field with what it was and what it became."""

    place: Place
    who: int | None
    about: str
    what: str
    changes: list[tuple[Any, Any, Any]] = field(default_factory=list)


class Page(NamedTuple):
    """A part of the trail, and where the next begins."""

    rows: list[Row]
    next: Place | None


def trail(organisation: Organisation, wanted: Wanted, size: int = PAGE) -> Page:
    """Return what happened, newest first, in a fixed number of queries whatever there is."""
    sources = [source for source in SOURCES if wanted.group in (None, source.group)]
    newest = [_newest(source, organisation, wanted, size + 1) for source in sources]
    rows = list(heapq.merge(*newest, key=_order))[: size + 1]
    shown = rows[:size]
    _say_what_changed(shown)
    return Page(shown, shown[-1].place if len(rows) > size else None)


def whole_trail(organisation: Organisation, wanted: Wanted) -> Iterator[Row]:
    """Yield what happened, newest first, as far as an export goes."""
    left = LONGEST_EXPORT
    while left > 0:
        page = trail(organisation, wanted, min(left, 1000))
        yield from page.rows
        if not page.next:
            return
        left -= len(page.rows)
        wanted = Wanted(wanted.group, wanted.who, wanted.since, wanted.until, page.next)


def names() -> dict[int, str]:
    """Return the members' names by the ids of their accounts."""
    return dict(Member.objects.values_list("user_id", "name"))


def _newest(source: Source, organisation: Organisation, wanted: Wanted, size: int) -> list[Row]:
    found = source.rows(organisation)
    if wanted.who:
        found = found.filter(who=wanted.who.user_id)
    if wanted.since:
        found = found.filter(at__gte=wanted.since)
    if wanted.until:
        found = found.filter(at__lt=wanted.until)
    if wanted.before:
        found = found.filter(_before(source, wanted.before))
    return [
        Row(Place(row["at"], source.name, row["pk"]), row["who"], row["about"] or "", row["what"])
        for row in found.order_by("-at", "-pk")[:size]
    ]


def _before(source: Source, place: Place) -> Q:
    """Rows that come after a place in the trail's order: earlier ones, and at the same moment the rest of them."""
    if source.name == place.source:
        return Q(at__lt=place.at) | Q(at=place.at, pk__lt=place.pk)
    return Q(at__lte=place.at) if source.name > place.source else Q(at__lt=place.at)


def _order(row: Row) -> tuple[float, str, int]:
    return -row.place.at.timestamp(), row.place.source, -row.place.pk


def _say_what_changed(rows: list[Row]) -> None:
    """Compare each change with the row before it: two queries for each table of events, however many rows."""
    by_source = sorted((row for row in rows if BY_NAME[row.place.source].events), key=lambda row: row.place.source)
    for name, group in groupby(by_source, key=lambda row: row.place.source):
        source = BY_NAME[name]
        assert source.events is not None
        own = {row.place.pk: row for row in group}
        for after, before in _with_the_one_before(source.events, list(own)):
            own[after.pk].changes = _changes(before, after, is_secret=source.is_secret) if before else []


def _with_the_one_before(events: Any, pks: list[int]) -> list[tuple[Model, Model | None]]:
    earlier = events.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    newest = Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1])
    related = [one.name for one in _compared(events) if one.is_relation]
    found = events.objects.select_related(*related) if related else events.objects.all()
    after = list(found.filter(pk__in=pks).annotate(earlier=newest))
    before = found.in_bulk([one.earlier for one in after if one.earlier])
    return [(one, before.get(one.earlier)) for one in after]


def _changes(before: Any, after: Any, *, is_secret: bool) -> list[tuple[Any, Any, Any]]:
    found = []
    for one in _compared(type(after)):
        if getattr(before, one.attname) != getattr(after, one.attname):
            old, new = getattr(before, one.name), getattr(after, one.name)
            shown = (None, None) if is_secret else (wording.value(one, old), wording.value(one, new))
            found.append((wording.label(one), *shown))
    return found


def _compared(events: Any) -> list[Any]:
    """The fields of a table of events that can change, without those that say which event it is."""
    return [one for one in events._meta.concrete_fields if not one.name.startswith(KEPT_BY_TRIGGERS)]
