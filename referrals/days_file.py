"""A file of days worked, CSV or XLSX, read into lines, each with what is wrong in it; pure."""

import csv
import io
import re
import zipfile
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import openpyxl

LARGEST = 2 * 1024 * 1024
MOST_LINES = 5000
MOST_COLUMNS = 50
LARGEST_UNPACKED = 50 * 1024 * 1024
HEADINGS = {
    "case": ("case", "reference", "dossier", "referentie", "référence"),
    "placement": ("placement", "plaatsing", "opdracht", "mission"),
    "month": ("month", "maand", "mois"),
    "days": ("days", "dagen", "jours"),
}
REQUIRED = ("case", "month", "days")
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.]\d{1,2})?|(\d{1,2})[-/.](\d{4})")
HALF, MOST_DAYS = Decimal("0.5"), 31


class UnreadableError(ValueError):
    """A file that is none of ours; the code says why: `type`, `size`, `content`, `headings`, `empty`, `too_long`."""


@dataclass
class Line:
    """A line of a file: whose days, in which month, how many; and the codes of what is wrong with it."""

    number: int
    case: str
    placement: str
    month: date | None
    days: Decimal | None
    problems: list[str] = field(default_factory=list)

    @property
    def until(self) -> date | None:
        """The last day of the month."""
        return self.month and self.month.replace(day=monthrange(self.month.year, self.month.month)[1])


def read(name: str, content: bytes) -> list[Line]:
    """Read a file by its kind; UnreadableError when it cannot be. Each line says itself what is wrong with it."""
    if not 0 < len(content) <= LARGEST:
        raise UnreadableError("size")
    kind = name.rsplit(".", 1)[-1].lower()
    if kind not in ("csv", "xlsx"):
        raise UnreadableError("type")
    rows = _of_csv(content) if kind == "csv" else _of_xlsx(content)
    header = next(rows, None)
    if header is None:
        raise UnreadableError("empty")
    columns = _columns(header)
    lines = [_line(number, row, columns) for number, row in enumerate(rows, 2) if any(map(_text, row))]
    if not lines:
        raise UnreadableError("empty")
    _mark_repeated(lines)
    return lines


def _of_csv(content: bytes) -> Iterator[Sequence[Any]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    try:
        yield from _limited(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise UnreadableError("content") from None


def _of_xlsx(content: bytes) -> Iterator[Sequence[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > LARGEST_UNPACKED:
                raise UnreadableError("size")
        sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        yield from _limited(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS))
    except UnreadableError:
        raise
    except Exception:  # whatever a broken workbook makes the library raise
        raise UnreadableError("content") from None


def _limited(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    for count, row in enumerate(rows):
        if count > MOST_LINES:
            raise UnreadableError("too_long")
        yield row


def _columns(header: Sequence[Any]) -> dict[str, int]:
    titles = [_text(cell).lower() for cell in header]
    found = {name: titles.index(title) for name, known in HEADINGS.items() for title in known if title in titles}
    if any(name not in found for name in REQUIRED):
        raise UnreadableError("headings")
    return found


def _line(number: int, row: Sequence[Any], columns: dict[str, int]) -> Line:
    cells = {name: row[at] if at < len(row) else None for name, at in columns.items()}
    return line(number, cells["case"], cells.get("placement"), cells["month"], cells["days"])


def line(number: int, case: Any, placement: Any, month: Any, days: Any) -> Line:
    """Return a line of these cells, with the codes of what is wrong in it."""
    line = Line(number, _text(case).upper(), _text(placement), _month(month), _days(days))
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
        if key in seen:
            line.problems.append("repeated")
        seen.add(key)


def _month(cell: Any) -> date | None:
    if isinstance(cell, datetime | date):
        return date(cell.year, cell.month, 1)
    match = _MONTH.fullmatch(_text(cell))
    if not match:
        return None
    year, month = (match[1], match[2]) if match[1] else (match[4], match[3])
    try:
        return date(int(year), int(month), 1)
    except ValueError:
        return None


def _days(cell: Any) -> Decimal | None:
    try:
        number = Decimal(_text(cell).replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 1000 else None


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).replace("\0", "").strip()[:80]
