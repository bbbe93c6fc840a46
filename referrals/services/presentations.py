"""Before a client sees a person's profile, the person agrees to that assignment."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from members.models import Member
from referrals.models import Candidate, Case, Client, Presentation, Profile
from referrals.pipeline import OVER
from referrals.services import links
from referrals.services.locking import lock
from referrals.signals import presentation_asked


class NotAskableError(Exception):
    """A case that is over, whose person did not agree, or who was asked about this already."""


@transaction.atomic
def ask(*, case: Case, client: Client, title: str, about: str, by: Member, at: datetime) -> Presentation:
    """Ask a person whether their profile may go to a client for an assignment."""
    current = lock(case.pk)
    if current.stage in OVER or current.answer != "consented":
        raise NotAskableError
    try:
        with transaction.atomic():
            asked = Presentation.objects.create(
                case=case, client=client, title=title, about=about, asked_by=by, asked_at=at
            )
    except IntegrityError:
        raise NotAskableError from None
    presentation_asked.send(Presentation, presentation=asked, token=links.for_person(case=case, at=at), at=at)
    return asked


@transaction.atomic
def answer(*, case: Case, presentation_id: int, agreed: bool, at: datetime) -> Presentation | None:
    """Record a person's answer about an assignment; the last one counts. None where nobody asked, or the case is over."""
    asked = Presentation.objects.select_for_update(of=("self",)).filter(pk=presentation_id, case=case).first()
    if not asked or case.is_over:
        return None
    asked.answer = Presentation.Answer.AGREED if agreed else Presentation.Answer.DECLINED
    asked.answered_at = at
    asked.save(update_fields=["answer", "answered_at"])
    return asked


def may_be_presented(case: Case) -> bool:
    """Whether the person agreed to one assignment at least."""
    return Presentation.objects.filter(case=case, answer=Presentation.Answer.AGREED).exists()


def write_profile(*, candidate: Candidate, fields: dict[str, Any], by: Member, at: datetime) -> Profile:
    """Keep what clients are shown of a person."""
    defaults = {**fields, "written_by": by, "written_at": at}
    return Profile.objects.update_or_create(candidate=candidate, defaults=defaults)[0]
