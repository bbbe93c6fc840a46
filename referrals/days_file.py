"""A file of days worked read into lines, each with what is wrong in it; pure."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from kernel import tables
from kernel.periods import last_day_of
from kernel.tables import month_of, text_of

HEADINGS = {
    "case": ("case", "reference", "dossier", "referentie", "référence"),
    "placement": ("placement", "plaatsing", "opdracht", "mission"),
    "month": ("month", "maand", "mois"),
    "days": ("days", "dagen", "jours"),
}
REQUIRED = ("case", "month", "days")
HALF, MOST_DAYS = Decimal("0.5"), 31
LONGEST_CELL = 40


@dataclass
class Line:
    """A line of a file: whose days, in which month, how many; and the codes of what is wrong with it."""

    number: int
    case: str
    placement: str
    month: date | None
    days: Decimal | None
    month_text: str = ""
    days_text: str = ""
    """As they stand in the file, for a cell that nobody understands."""
    problems: list[str] = field(default_factory=list)

    @property
    def until(self) -> date | None:
        """The last day of the month."""
        return self.month and last_day_of(self.month)


def read(name: str, content: bytes) -> list[Line]:
    """Read a file; UnreadableError when it cannot be. Each line says itself what is wrong with it."""
    lines = [
        line(number, cells["case"], cells.get("placement"), cells["month"], cells["days"])
        for number, cells in tables.read(name, content, HEADINGS, REQUIRED)
    ]
    _mark_repeated(lines)
    return lines


def line(number: int, case: Any, placement: Any, month: Any, days: Any) -> Line:
    """Return a line of these cells, with the codes of what is wrong in it."""
    line = Line(
        number,
        text_of(case).upper(),
        text_of(placement),
        month_of(month),
        _days(days),
        text_of(month)[:LONGEST_CELL],
        text_of(days)[:LONGEST_CELL],
    )
    if not line.case:
        line.problems.append("no_case")
    if line.month is None:
        line.problems.append("no_month")
    if line.days is None:
        line.problems.append("no_days")
    elif not 0 <= line.days <= MOST_DAYS or line.days % HALF:
        line.problems.append("odd_days")
    return line


def _mark_repeated(lines: list[Line]) -> None:
    seen: set[tuple[str, str, date | None]] = set()
    for line in lines:
        key = (line.case, line.placement, line.month)
        if line.month and key in seen:
            line.problems.append("repeated")
        seen.add(key)


def _days(cell: Any) -> Decimal | None:
    try:
        number = Decimal(text_of(cell).replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 1000 else None
