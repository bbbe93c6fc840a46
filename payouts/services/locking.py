"""What stands on a document is locked with it, so that it is not paid and credited at once."""

from payouts.models import Document, Payable


def lock_document(document: Document) -> list[Payable]:
    """Lock a document's amounts, in one order, and return them."""
    found = Payable.objects.select_for_update(of=("self",)).filter(lines__document=document)
    return list(found.select_related("member").order_by("pk"))
