"""Pictures of documents: the PDF, made once, stored once, with its hash."""

import hashlib
import logging
from datetime import timedelta
from time import monotonic

from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from kernel import pdf, work
from kernel.tenancy import tenant
from payouts.models import Document
from payouts.selectors import documents
from payouts.services.documents import RENDER
from payouts.signals import document_issued

log = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
LONGEST_RUN = 60.0
"""Seconds after which a run leaves the rest to the next one."""
MOST_TRIES = 12
"""After so many, most of a night, a picture is given up; finance sees it, and can have it tried again."""


def render_all(*, organisation_id: int) -> bool:
    """Make the pictures that are due, each in a transaction of its own; return whether none is left.

    Not for long at a time: the worker is not to be interrupted in the middle of one.
    """
    began = monotonic()
    while monotonic() - began < LONGEST_RUN and (pk := _claim(organisation_id)):
        _render(organisation_id, pk)
    with tenant(organisation_id):
        return not Document.objects.filter(next_try_at__lte=timezone.now()).exists()


@transaction.atomic
def try_again(*, document: Document) -> None:
    """Try a picture once more that was given up."""
    if documents.undrawn().filter(pk=document.pk).update(tries=0, next_try_at=timezone.now()):
        work.add(document.organisation_id, RENDER)


def page_of(document: Document) -> str:
    """Return a document as a page of HTML, in its own language: what its UBL says, and nothing else."""
    with translation.override(document.language):
        context = {"document": document, "paper": documents.paper_of(document)}
        return render_to_string("documents/document.html", context)


def _attached(document: Document) -> pdf.Attached | None:
    if document.kind == Document.Kind.STATEMENT:
        return None
    name, content = f"{documents.file_name(document)}.xml", documents.ubl_of(document)
    return pdf.Attached(name, content, f"UBL 2.1: {document.number}", document.issued_at)


def _claim(organisation_id: int) -> int | None:
    """Take the next document and say when it is tried again, before it is: should it kill the worker, others go first."""
    with tenant(organisation_id):
        now = timezone.now()
        due = Document.objects.select_for_update(skip_locked=True, of=("self",)).filter(next_try_at__lte=now)
        document = due.order_by("next_try_at", "pk").first()
        if not document:
            return None
        tries = document.tries + 1
        again = None if tries >= MOST_TRIES else now + min(FIRST_PAUSE * 2**document.tries, LONGEST_PAUSE)
        Document.objects.filter(pk=document.pk).update(tries=tries, next_try_at=again)
        if again:
            work.add(organisation_id, RENDER, again)
        return document.pk


def _render(organisation_id: int, pk: int) -> None:
    with tenant(organisation_id):
        document = Document.objects.select_related("credits", "member__user").get(pk=pk)
        try:
            content = pdf.render(page_of(document), _attached(document))
            is_first = _store(document, content)
        except Exception:  # the disk is full, or it is too much to draw: the number stays, the picture comes later
            log.exception("document %s has no picture yet", document.pk)
        else:
            if is_first and not document.is_own:
                document_issued.send(Document, document=document, at=document.issued_at)


def _store(document: Document, content: bytes) -> bool:
    """Store a picture, and return whether it is the first: somebody else may have been quicker, and theirs stays."""
    if not Document.objects.select_for_update(of=("self",)).filter(pk=document.pk, sha256="").exists():
        return False
    folder = "received" if document.is_own else f"{document.issued_on:%Y}"
    name = f"{document.organisation_id}/{folder}/{document.pk if document.is_own else document.number}.pdf"
    document.pdf.save(name, ContentFile(content), save=False)
    Document.objects.filter(pk=document.pk).update(
        pdf=document.pdf.name, sha256=hashlib.sha256(content).hexdigest(), next_try_at=None
    )
    return True
