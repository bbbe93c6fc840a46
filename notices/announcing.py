"""Telling members what a new version of a programme changes for them, and from when."""

from functools import cache

from django.urls import reverse
from django.utils import timezone, translation

from kernel.tenancy import tenant
from members.models import Member, Organisation
from notices import services
from notices.models import Announcement
from notices.writing import programmes as writing
from notices.writing.letter import Letter
from programmes import selectors
from programmes.models import Version

ANNOUNCE = "announce"
AT_ONCE = 200


def announce_all(*, organisation_id: int) -> bool:
    """Write to every member about each version that was not announced yet; must run in no transaction."""
    organisation = Organisation.objects.get(pk=organisation_id)
    with tenant(organisation_id):
        waiting = list(Announcement.objects.filter(announced_at=None).select_related("version__programme"))
    for one in waiting:
        last: int | None = 0
        while last is not None:
            last = _write_some(organisation, one.version, last)
        with tenant(organisation_id):
            Announcement.objects.filter(pk=one.pk).update(announced_at=timezone.now())
    return True


def _write_some(organisation: Organisation, version: Version, after: int) -> int | None:
    """Write to the members that follow one by their ids; return the last of them, or None when there are no more.

    Whoever was written to before a worker was killed is not written to again: each mail is there once.
    """
    with tenant(organisation.pk):
        present = Member.objects.filter(left_on=None, pk__gt=after).select_related("user").order_by("pk")
        members = list(present[:AT_ONCE])
        earlier = selectors.before(version)
        path = reverse("version_detail", args=[organisation.slug, version.programme_id, version.number])

        @cache
        def letter_in(_language: str | None) -> Letter:
            return writing.terms(version, earlier, path)

        for member in members:
            services.write_to_member(
                organisation=organisation,
                member=member,
                about=f"version:{version.pk}:{member.pk}",
                letter=lambda: letter_in(translation.get_language()),
                at=version.published_at,
            )
    return members[-1].pk if members else None
