"""A file of turnover read into lines, each with what is wrong in it; pure."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from kernel import tables
from kernel.tables import amount_of, month_of, text_of

HEADINGS = {
    "case": ("case", "reference", "assignment", "dossier", "referentie", "opdracht", "référence", "mission"),
    "month": ("month", "maand", "mois"),
    "amount": ("amount", "turnover", "bedrag", "omzet", "montant", "chiffre d'affaires"),
}
REQUIRED = ("case", "month", "amount")
MOST = Decimal("99999999.99")
LONGEST_CELL = 40


@dataclass
class Line:
    """A line of a file: of which assignment, in which month, how much; and the codes of what is wrong with it."""

    number: int
    case: str
    month: date | None
    amount: Decimal | None
    month_text: str = ""
    amount_text: str = ""
    """As they stand in the file, for a cell that nobody understands."""
    problems: list[str] = field(default_factory=list)


def read(name: str, content: bytes) -> list[Line]:
    """Read a file; UnreadableError when it cannot be. Each line says itself what is wrong with it."""
    lines = [
        line(number, cells["case"], cells["month"], cells["amount"])
        for number, cells in tables.read(name, content, HEADINGS, REQUIRED)
    ]
    seen: set[tuple[str, date | None]] = set()
    for one in lines:
        if one.month and (one.case, one.month) in seen:
            one.problems.append("repeated")
        seen.add((one.case, one.month))
    return lines


def line(number: int, case: Any, month: Any, amount: Any) -> Line:
    """Return a line of these cells, with the codes of what is wrong in it."""
    read_month, read_amount = month_of(month), amount_of(amount)
    made = Line(
        number,
        text_of(case).upper(),
        read_month,
        read_amount,
        text_of(month)[:LONGEST_CELL],
        text_of(amount)[:LONGEST_CELL],
    )
    if not made.case:
        made.problems.append("no_case")
    if made.month is None:
        made.problems.append("no_month")
    if made.amount is None:
        made.problems.append("no_amount")
    elif not 0 <= made.amount <= MOST or made.amount != made.amount.quantize(Decimal("0.01")):
        made.problems.append("odd_amount")
    return made
