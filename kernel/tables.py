"""Tables that people upload, CSV or XLSX, read by the names of their columns; pure."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl

from kernel.money import amount_in

LARGEST = 2 * 1024 * 1024
MOST_LINES = 5000
MOST_COLUMNS = 50
LARGEST_UNPACKED = 50 * 1024 * 1024
LONGEST_TEXT = 254
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.]\d{1,2})?|(\d{1,2})[-/.](\d{4})", re.ASCII)

Headings = Mapping[str, Sequence[str]]
"""By our name of a column, the names that people give it, in lower case."""


class UnreadableError(ValueError):
    """A file that is none of ours; the code says why: `type`, `size`, `content`, `headings`, `empty`, `too_long`."""


def read(name: str, content: bytes, headings: Headings, required: Sequence[str]) -> list[tuple[int, dict[str, Any]]]:
    """Return the lines of a file that are not empty, each with its number and its cells by our names."""
    if not 0 < len(content) <= LARGEST:
        raise UnreadableError("size")
    kind = name.rsplit(".", 1)[-1].lower()
    if kind not in ("csv", "xlsx"):
        raise UnreadableError("type")
    rows = _of_csv(content) if kind == "csv" else _of_xlsx(content)
    header = next(rows, None)
    if header is None:
        raise UnreadableError("empty")
    columns = _columns(header, headings, required)
    found = [
        (number, {name: row[at] if at < len(row) else None for name, at in columns.items()})
        for number, row in enumerate(rows, 2)
        if any(map(text_of, row))
    ]
    if not found:
        raise UnreadableError("empty")
    return found


def text_of(cell: Any) -> str:
    """Return what stands in a cell, as text."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).replace("\0", "").strip()[:LONGEST_TEXT]


def month_of(cell: Any) -> date | None:
    """Return the first day of the month that stands in a cell: 2026-03, 03/2026, or any of its days."""
    if isinstance(cell, datetime | date):
        return date(cell.year, cell.month, 1)
    match = _MONTH.fullmatch(text_of(cell))
    if not match:
        return None
    year, month = (match[1], match[2]) if match[1] else (match[4], match[3])
    try:
        return date(int(year), int(month), 1)
    except ValueError:
        return None


def amount_of(cell: Any) -> Decimal | None:
    """Return the amount that stands in a cell, a number or as `amount_in` reads it; None for anything else."""
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        return Decimal(str(cell)) if Decimal(str(cell)).is_finite() else None
    return amount_in(text_of(cell))


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


def _columns(header: Sequence[Any], headings: Headings, required: Sequence[str]) -> dict[str, int]:
    titles = [text_of(cell).lower() for cell in header]
    found = {name: titles.index(title) for name, known in headings.items() for title in known if title in titles}
    if any(name not in found for name in required):
        raise UnreadableError("headings")
    return found
