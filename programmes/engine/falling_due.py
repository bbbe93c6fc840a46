"""The first day on which everything that an instalment waits for holds at once."""

from datetime import date

from programmes.engine.timeline import Timeline
from programmes.engine.verdict import FAILED, MET, Check, Reason


def first_day(
    eligible: Check, timeline: Timeline, placement: str, start: date, as_of: date, *, endings: bool = True
) -> tuple[date, tuple[Reason, ...]] | None:
    """Return the first day from `start` up to `as_of` on which all conditions are met and the case has not ended.

    Conditions can only become met on the date of a fact, so no other day is looked at. What ended the case
    counts from the day after; `endings=False` leaves endings out.
    """
    state, reasons, _ = eligible(timeline, placement, start)
    if state is MET and not (endings and timeline.ending(start)):
        return start, reasons
    for day in sorted({fact.on for fact in timeline.facts if start < fact.on <= as_of}):
        state, reasons, _ = eligible(timeline, placement, day)
        if state is MET and not (endings and timeline.ending(day)):
            return day, reasons
    return None


def ended(timeline: Timeline, day: date) -> tuple[Reason, ...]:
    """Return the reason that the case ended before this day, if it did."""
    fact = timeline.ending(day)
    return (("case_ended", FAILED, (fact.kind, fact.on), (fact.key,)),) if fact else ()
