"""The first day on which everything that an instalment waits for holds at once."""

from datetime import date, timedelta

from programmes.engine.facts import ENDINGS
from programmes.engine.timeline import Timeline
from programmes.engine.verdict import FAILED, MET, Check, Reason

DAY = timedelta(1)


def first_day(
    eligible: Check, timeline: Timeline, placement: str, start: date, as_of: date, *, endings: bool = True
) -> tuple[date, tuple[Reason, ...]] | None:
    """Return the first day from `start` up to `as_of` on which all conditions are met and the case has not ended.

    Conditions can only become met on the date of a fact, so no other day is looked at. What ended the case
    counts from the day after; `endings=False` leaves endings out.
    """
    day, facts = start, iter(timeline.facts)
    while True:
        state, reasons, _ = eligible(timeline, placement, day)
        if state is MET and not (endings and timeline.ending(day)):
            return day, reasons
        for fact in facts:
            if day < fact.on <= as_of:
                day = fact.on
                break
        else:
            return None


def ended(timeline: Timeline, day: date) -> tuple[tuple[Reason, ...], date | None]:
    """Return the reason that the case ended before this day, if it did; and the next day if it ends from then on."""
    if ENDINGS.isdisjoint(timeline.case):
        return (), None
    fact = timeline.ending(day)
    why = (("case_ended", FAILED, (fact.kind, fact.on), (fact.key,)),) if fact else ()
    return why, day + DAY if timeline.ends_on(day) and day < date.max else None
