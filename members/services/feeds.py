"""The address at which a member's calendar program reads the meetings: made, shown again, made anew."""

from datetime import datetime, timedelta

from django.db import transaction

from kernel import links
from kernel.models import Link
from members.models import CalendarFeed, Member

FEED = "calendar"
"""The purpose of the link of a calendar feed."""
LASTS = timedelta(3660)


@transaction.atomic
def token_of(*, member: Member, at: datetime) -> str:
    """Return the token of a member's feed, the same each time."""
    feed, _ = CalendarFeed.objects.get_or_create(member=member, defaults={"made_at": at})
    return links.make_again(
        organisation_id=member.organisation_id, purpose=FEED, expires_at=at + LASTS, target_id=feed.pk
    )


@transaction.atomic
def renew(*, member: Member) -> None:
    """Make a member's address useless; the next that is asked for is another one."""
    for feed in CalendarFeed.objects.filter(member=member):
        links.withdraw(organisation_id=member.organisation_id, purpose=FEED, target_id=feed.pk)
        feed.delete()


def feed_of(token: str, at: datetime) -> Link | None:
    """Return the link of a feed."""
    return links.find(token, FEED, at)


def reader_of(link: Link) -> Member | None:
    """Return whose feed it is, as long as they are a member; must run inside the organisation."""
    feed = CalendarFeed.objects.filter(pk=link.target_id or 0, member__left_on=None).select_related("member").first()
    return feed.member if feed else None
