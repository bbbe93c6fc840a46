"""CVs: kept under a random name, served as attachments only."""

import secrets
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from referrals.models import Candidate, Curriculum

MOST = 5


class TooManyError(Exception):
    """A person has as many CVs as are kept."""


def keep(*, candidate: Candidate, upload: "UploadedFile[Any]", at: datetime) -> Curriculum:
    """Store a CV that the form found good; TooManyError when there are enough."""
    if candidate.curricula.count() >= MOST:
        raise TooManyError
    name = (upload.name or "cv")[-120:]
    curriculum = Curriculum(
        candidate=candidate, name=name, media_type=upload.content_type or "", size=upload.size or 0, uploaded_at=at
    )
    curriculum.file.save(f"{candidate.organisation_id}/{secrets.token_hex(16)}", upload, save=False)
    curriculum.save()
    return curriculum
