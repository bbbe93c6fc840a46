"""Handing out yearly forms, and keeping who took them: they name people with their numbers."""

from datetime import datetime

from members.models import Member
from payouts.models import YearlyExport
from payouts.selectors import yearly
from payouts.selectors.yearly import Person


def export(*, form: YearlyExport.Form, year: int, by: Member, at: datetime) -> list[Person]:
    """Return whom a form names, and keep that it was taken."""
    found = yearly.people(form, year)
    YearlyExport.objects.create(form=form, year=year, people=len(found), exported_by=by, exported_at=at)
    return found
