"""Tables that people download."""

import io
from collections.abc import Iterable
from typing import Any

import defusedcsv.csv as csv
from django.http import HttpResponse


def csv_file(name: str, rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """Return rows as a CSV file that spreadsheets open as it is meant: with a mark of its encoding, and no formulas."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)
