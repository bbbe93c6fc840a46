"""The links of cases and openings: a person's own, made anew for each mail; a member's own for sharing."""

from datetime import datetime, timedelta

from django.db import transaction

from kernel import links
from members.models import Member, Organisation
from referrals.models import Case, Opening, SharedLink

CANDIDATE = "candidate"
SHARED = "shared"
LASTS = timedelta(days=365)


def for_person(*, case: Case, at: datetime) -> str:
    """Make a link to a case's page for the person it is about, and return its token."""
    return links.make(organisation_id=case.organisation_id, purpose=CANDIDATE, target_id=case.pk, expires_at=at + LASTS)


@transaction.atomic
def for_sharing(*, organisation: Organisation, member: Member, opening: Opening | None, at: datetime) -> str:
    """Return the token of a member's personal link for an opening, or for any: the same whenever it is asked for."""
    shared, _made = SharedLink.objects.get_or_create(member=member, opening=opening, defaults={"made_at": at})
    return links.make_again(organisation_id=organisation.pk, purpose=SHARED, target_id=shared.pk, expires_at=at + LASTS)
