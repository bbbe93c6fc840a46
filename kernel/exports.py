"""Tables that people download."""

import io
from collections.abc import Iterable
from typing import Any

import defusedcsv.csv as csv
from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_file(name: str, rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """Return rows as a CSV file that spreadsheets open as it is meant: with a mark of its encoding, and no formulas."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def xlsx_file(name: str, rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """Return rows as a workbook of one sheet; numbers and days are such, and texts are texts, whatever they begin with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return HttpResponse(file.getvalue(), content_type=XLSX, headers=headers)


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value="".join(letter for letter in value if letter.isprintable() or letter in "\n\t"))
    cell.data_type = "s"  # never a formula
    return cell
