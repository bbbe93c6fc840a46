"""Files that no row names."""

import logging
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from kernel.tenancy import tenant
from members.models import MemberProfile, Organisation
from payouts.models import Document, ReceivedInvoice
from referrals.models import Curriculum, Deletion

log = logging.getLogger(__name__)

YOUNG = timedelta(days=1)
"""A file so young may belong to a row that is being written."""
AT_ONCE = 500
NAMED_BY: dict[str, tuple[Any, str]] = {
    "cv": (Curriculum, "file"),
    "documents": (Document, "pdf"),
    "received": (ReceivedInvoice, "file"),
    "photos": (MemberProfile, "photo"),
}
"""By the folder that files of a kind stand in, one for each organisation: which rows name them."""


def delete_orphans(*, organisation: Organisation, at: datetime) -> int:
    """Delete an organisation's files that no row names, such as those of an upload that was broken off; return how many."""
    deleted = 0
    for folder, (model, field) in NAMED_BY.items():
        for names in _old(Path(default_storage.path(f"{folder}/{organisation.pk}"))):
            with tenant(organisation.pk):
                known = set(model.objects.filter(**{f"{field}__in": names}).values_list(field, flat=True))
            for name in names - known:
                default_storage.delete(name)
                deleted += 1
    if deleted:
        log.info("%s files that nothing named were deleted", deleted)
        with tenant(organisation.pk):
            Deletion.objects.create(kind=Deletion.Kind.FILES, count=deleted, deleted_at=at)
    return deleted


def _old(folder: Path) -> Iterator[set[str]]:
    """Yield the names, as rows have them, of what is not young in a folder, some at once."""
    root, before = Path(default_storage.path("")), time.time() - YOUNG.total_seconds()
    names: set[str] = set()
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_mtime < before:
            names.add(str(path.relative_to(root)))
        if len(names) == AT_ONCE:
            yield names
            names = set()
    if names:
        yield names
