"""Whether an uploaded CV is what it says it is: by its name and by its content; pure."""

import zipfile
from typing import BinaryIO

LARGEST = 5 * 1024 * 1024
MOST_MEMBERS = 100
LARGEST_UNPACKED = 50 * 1024 * 1024
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}
_INSIDE = {"docx": "word/document.xml", "odt": "content.xml"}


class NotACvError(ValueError):
    """An upload that is refused; the code says why: `type`, `size`, `content`."""


def media_type_of(name: str, size: int, file: BinaryIO) -> str:
    """Return the media type of a CV; NotACvError for what is too big or not a PDF, DOCX or ODT."""
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if extension not in MEDIA_TYPES:
        raise NotACvError("type")
    if not 0 < size <= LARGEST:
        raise NotACvError("size")
    file.seek(0)
    good = file.read(5) == b"%PDF-" if extension == "pdf" else _is_document(file, _INSIDE[extension])
    file.seek(0)
    if not good:
        raise NotACvError("content")
    return MEDIA_TYPES[extension]


def _is_document(file: BinaryIO, wanted: str) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return False
    small = len(members) <= MOST_MEMBERS and sum(member.file_size for member in members) <= LARGEST_UNPACKED
    plain = all(member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members)
    return small and plain and any(member.filename == wanted for member in members)
