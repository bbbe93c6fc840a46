"""A member accepts or contests what was made out in their name; finance settles a contest."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from members.models import Member
from payouts.models import Document, DocumentAnswer
from payouts.selectors.waiting import CONTESTS
from payouts.signals import contest_settled, document_contested

Outcome = DocumentAnswer.Outcome


class AnsweredAlreadyError(Exception):
    """The document was answered, or nobody can answer it any more: the days to contest are over, or it is no such document."""


class SettledAlreadyError(Exception):
    """Nothing is contested any more."""


@transaction.atomic
def accept(*, document: Document, by: Member, at: datetime) -> None:
    """Accept a document; one that was contested, after all."""
    standing = DocumentAnswer.objects.select_for_update().filter(document=document).first()
    if standing and standing.is_open_contest:
        _settle(document, Outcome.WITHDRAWN, "", by, at)
        return
    _answer(document, True, "", by, at)


@transaction.atomic
def contest(*, document: Document, because: str, by: Member, at: datetime) -> None:
    """Contest a document, with a reason: it is not paid until that is settled."""
    answer = _answer(document, False, because, by, at)
    document_contested.send(Document, document=document, answer=answer, at=at)


@transaction.atomic
def settle(*, document: Document, outcome: DocumentAnswer.Outcome, reply: str, by: Member, at: datetime) -> None:
    """Answer a contest: the document stands, or a credit note takes it back. SettledAlreadyError where none is open."""
    answer = _settle(document, outcome, reply, by, at)
    contest_settled.send(Document, document=document, answer=answer, at=at)


def _answer(document: Document, accepted: bool, because: str, by: Member, at: datetime) -> DocumentAnswer:
    if document.answer_by is None or document.answer_by < timezone.localdate(at):
        raise AnsweredAlreadyError
    made, is_new = DocumentAnswer.objects.get_or_create(
        document=document,
        defaults={"accepted": accepted, "because": because, "answered_by": by, "answered_at": at},
    )
    if not is_new:
        raise AnsweredAlreadyError
    return made


def _settle(
    document: Document, outcome: DocumentAnswer.Outcome, reply: str, by: Member, at: datetime
) -> DocumentAnswer:
    if not CONTESTS.filter(document=document).update(outcome=outcome, reply=reply, settled_by=by, settled_at=at):
        raise SettledAlreadyError
    return DocumentAnswer.objects.get(document=document)
