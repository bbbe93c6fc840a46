"""Files that are whole or not there: written under another name, forced to the disk, then renamed; deleted with their rows."""

import os
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.crypto import get_random_string


class WholeFileStorage(FileSystemStorage):
    """Stores a file so that a crash or a full disk leaves nothing truncated under its final name."""

    def _save(self, name: str, content: Any) -> str:
        final = Path(self.path(name))
        final.parent.mkdir(parents=True, exist_ok=True)
        draft = final.with_name(f".{final.name}.{get_random_string(8)}")
        try:
            with draft.open("xb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            draft.rename(final)
        finally:
            draft.unlink(missing_ok=True)
        return name.replace("\\", "/")


def delete_later(file: FieldFile) -> None:
    """Delete a file once the transaction is certain; that one cannot be deleted keeps no other one."""
    if file:
        transaction.on_commit(partial(file.storage.delete, str(file.name)), robust=True)
