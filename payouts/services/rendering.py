"""Pictures of documents: the PDF, made once, stored once, with its hash."""

import hashlib
import logging
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.utils import timezone, translation

from kernel import pdf, work
from kernel.tenancy import tenant
from payouts.models import Document
from payouts.services.issuing import RENDER
from payouts.signals import document_issued
from payouts.wording import wordings

log = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)


def render_all(*, organisation_id: int) -> None:
    """Make the pictures that are due, each in a transaction of its own."""
    while _render_one(organisation_id):
        pass


def page_of(document: Document) -> str:
    """Return a document as a page of HTML, in its own language."""
    with translation.override(document.language):
        said = wordings(document.vat_case, document.kind != Document.Kind.STATEMENT)
        context = {"document": document, "lines": list(document.lines.order_by("pk")), "wordings": said}
        return render_to_string("documents/document.html", context)


def _render_one(organisation_id: int) -> bool:
    with tenant(organisation_id):
        due = Document.objects.select_for_update(skip_locked=True, of=("self",)).filter(next_try_at__lte=timezone.now())
        document = due.select_related("credits", "payee__user").order_by("next_try_at", "pk").first()
        if not document:
            return False
        try:
            _store(document, pdf.render(page_of(document)))
        except Exception as error:  # the disk is full, a font is broken: the number stays, the picture comes later
            log.warning("document %s has no picture yet: %s", document.pk, type(error).__name__)
            _try_later(document, timezone.now())
        else:
            document_issued.send(Document, document=document, at=document.issued_at)
    return True


def _store(document: Document, content: bytes) -> None:
    name = f"{document.organisation_id}/{document.issued_on:%Y}/{document.number}.pdf"
    document.pdf.save(name, ContentFile(content), save=False)
    Document.objects.filter(pk=document.pk).update(
        pdf=document.pdf.name, sha256=hashlib.sha256(content).hexdigest(), next_try_at=None
    )


def _try_later(document: Document, now: datetime) -> None:
    tries = min(document.tries + 1, 30)
    again = now + min(FIRST_PAUSE * 2**tries, LONGEST_PAUSE)
    Document.objects.filter(pk=document.pk).update(tries=tries, next_try_at=again)
    work.add(document.organisation_id, RENDER, again)
