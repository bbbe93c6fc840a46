"""Notes about a case."""

from datetime import datetime

from members.models import Member
from referrals.models import Case, Note


def write(*, case: Case, text: str, by: Member, at: datetime) -> Note:
    """Write a note that recruiters read."""
    return Note.objects.create(case=case, kind=Note.Kind.NOTE, text=text.strip(), author=by, written_at=at)
