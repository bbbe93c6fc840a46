"""Nightly: members who left long ago are erased, texts of leads deleted, documents emptied that the law has kept no longer."""

import logging
from datetime import date, datetime
from typing import Any

import pgtrigger
from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from kernel.history import history_of
from kernel.storage import delete_later
from kernel.tenancy import tenant
from members.models import Organisation
from members.services import applying
from payouts.models import Agreement, Document, DocumentAnswer, Movement, Payment, ReceivedInvoice, Ubl
from privacy.selectors import erasable
from privacy.services import erasing
from referrals.models import Deletion

log = logging.getLogger(__name__)

AT_ONCE = 200
TRIGGERS = (
    "payouts.Document:document_is_final",
    "payouts.Ubl:ubl_is_final",
    "payouts.Agreement:agreement_is_final",
    "payouts.Payment:payment_is_decided",
    "payouts.PaymentEvent:append_only",
    "payouts.MovementEvent:append_only",
    "payouts.ReceivedInvoiceEvent:append_only",
)


def delete_due(*, organisation: Organisation, at: datetime) -> None:
    """Delete what was kept long enough; must run in no transaction."""
    today = timezone.localdate(at)
    _erase_members(organisation, today, at)
    with tenant(organisation.pk):
        applying.forget_unfinished(at)
        count, _by_model = erasable.lead_texts_due(organisation, today).delete()
        _note(Deletion.Kind.TEXTS, count, at)
    while _empty_documents(organisation, today, at):
        pass
    with tenant(organisation.pk):
        _empty_what_went_with_them(date(today.year - erasable.YEARS[organisation.country], 1, 1))


def _erase_members(organisation: Organisation, today: date, at: datetime) -> None:
    with tenant(organisation.pk):
        due = erasable.members_due(organisation, today)
    for member in due:
        with tenant(organisation.pk):
            try:
                erasing.erase_member(member=member, at=at)
            except erasing.CannotBeErasedError:
                log.info("member %s is kept: something came up", member.pk)
            else:
                _note(Deletion.Kind.MEMBERS, 1, at)


def _empty_documents(organisation: Organisation, today: date, at: datetime) -> int:
    """Empty some documents: their files, parties and texts go; number, days and amounts stay, so that the books add up."""
    with tenant(organisation.pk):
        due = erasable.documents_due(organisation, today)
        found = list(due.select_for_update(of=("self",))[:AT_ONCE])
        with pgtrigger.ignore(*TRIGGERS):
            for one in found:
                delete_later(one.pdf)
            empty: dict[str, Any] = {"pdf": "", "supplier": {}, "customer": {}, "because": "", "emptied_at": at}
            Ubl.objects.filter(document__in=found).delete()
            Document.objects.filter(pk__in=[one.pk for one in found]).update(**empty)
            answers = DocumentAnswer.objects.filter(document__in=found)
            answers.filter(accepted=False).update(because="…", reply="")  # a contest has a reason
        _note(Deletion.Kind.DOCUMENTS, len(found), at)
    return len(found)


def _empty_what_went_with_them(first: date) -> None:
    """Empty what payments, bank movements, received invoices and agreements of years that are kept no longer say of people."""
    needed = Document.objects.filter(emptied_at=None, member=OuterRef("payee__member"))
    agreed = _ids(Agreement.objects.filter(~Exists(needed), accepted_at__date__lt=first).exclude(text=""))
    paid = _ids(Payment.objects.filter(paid_on__lt=first).exclude(name=""))
    moved = _ids(Movement.objects.filter(on__lt=first).exclude(name="", text=""))
    received = list(ReceivedInvoice.objects.filter(sent_at__date__lt=first).exclude(file=""))
    with pgtrigger.ignore(*TRIGGERS):
        who = {"name": "", "city": "", "text": ""}
        Payment.objects.filter(pk__in=paid).update(iban="", **who)
        history_of(Payment).filter(pgh_obj_id__in=paid).update(**who)
        Movement.objects.filter(pk__in=moved).update(name="", text="")
        history_of(Movement).filter(pgh_obj_id__in=moved).update(name="", text="")
        gone = {"file": "", "refused_because": ""}
        ReceivedInvoice.objects.filter(pk__in=[one.pk for one in received]).update(**gone)
        number = Concat(Value("-"), Cast(F("pk"), CharField()))  # the number of an enterprise may be a person's
        Agreement.objects.filter(pk__in=agreed).update(text="", enterprise_number=number)
        history_of(ReceivedInvoice).filter(pgh_obj_id__in=[one.pk for one in received]).update(**gone)
    for one in received:
        delete_later(one.file)


def _ids(found: QuerySet[Any]) -> list[int]:
    return list(found.values_list("pk", flat=True))


def _note(kind: Deletion.Kind, count: int, at: datetime) -> None:
    if count:
        Deletion.objects.create(kind=kind, count=count, deleted_at=at)
