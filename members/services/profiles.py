"""What members say of themselves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.crypto import get_random_string

from kernel.storage import delete_later
from members.models import Member, MemberProfile


@transaction.atomic
def save_profile(
    *, member: Member, fields: Mapping[str, Any], at: datetime, photo: bytes | None = None, without_photo: bool = False
) -> MemberProfile:
    """Keep what a member says of themselves, and their photo (a JPEG) if there is a new one; the one before is deleted."""
    known = MemberProfile.objects.filter(member=member).first() or MemberProfile(member=member)
    before = MemberProfile.objects.filter(member=member).first()
    for name, value in fields.items():
        setattr(known, name, value)
    if without_photo:
        known.photo = ""
    if photo:
        known.photo.save(f"{member.organisation_id}/{get_random_string(22)}.jpg", ContentFile(photo), save=False)
    known.changed_at = at
    known.save()
    if before and before.photo != known.photo:
        delete_later(before.photo)
    return known
