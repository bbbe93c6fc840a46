"""Who comes into a network, and who is thanked in it, becomes mails."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone

from members.models import Application, Member, Organisation, Thanks
from members.roles import Role
from members.selectors.people import in_role
from members.signals import (
    application_asked,
    application_erased,
    application_made,
    application_refused,
    leaving_planned,
    member_admitted,
    member_left,
    member_thanked,
    thanks_taken_away,
)
from notices import services, telling
from notices.writing import group
from notices.writing import network as writing
from notices.writing.letter import Letter


@receiver(application_asked)
def ask_somebody_to_join(
    sender: Any, organisation: Organisation, application: Application, token: str, at: datetime, **_: Any
) -> None:
    """Mail somebody the link by which they apply, or decline."""
    services.write(
        organisation=organisation,
        to=application.email,
        language=application.language,
        about=f"application:{application.pk}",
        letter=partial(writing.asked_to_join, application, organisation.name, reverse("application", args=[token])),
        at=at,
        sender=application.brought_by,
    )


@receiver(application_made)
def tell_who_decides(sender: Any, application: Application, token: str, at: datetime, **_: Any) -> None:
    """Tell those who decide that somebody applied; and the applicant that it arrived."""
    organisation = application.organisation
    own = reverse("application", args=[token]) if token else reverse("home")
    services.write(
        organisation=organisation,
        to=application.email,
        language=application.language,
        about=f"arrived:{application.pk}",
        letter=partial(writing.application_arrived, application, organisation.name, own),
        at=at,
    )
    page = reverse("application_detail", args=[organisation.slug, application.pk])
    deciding = in_role(Role.ADMINISTRATOR)
    for one in deciding.exclude(pk=application.brought_by_id) or deciding:
        letter = partial(writing.applied, application, page)
        telling.tell_member(organisation, one, f"applied:{application.pk}:{one.pk}", letter, at)


@receiver(application_refused)
def tell_who_was_refused(sender: Any, application: Application, because: str, at: datetime, **_: Any) -> None:
    """Tell somebody why they were not admitted."""
    organisation = application.organisation
    letter = partial(writing.not_admitted, application, organisation.name, because, reverse("home"))
    services.write(
        organisation=organisation,
        to=application.email,
        language=application.language,
        about=f"refused:{application.pk}",
        letter=letter,
        at=at,
    )


@receiver(application_erased)
def forget_what_was_asked(sender: Any, application: Application, at: datetime, **_: Any) -> None:
    """Empty the mail by which somebody was asked, and send it no more."""
    services.empty(abouts=[f"application:{application.pk}", f"arrived:{application.pk}"])


@receiver(member_admitted)
def tell_who_brought_them_in(sender: Any, member: Member, application: Application, at: datetime, **_: Any) -> None:
    """Tell who brought somebody in that they joined."""
    organisation = member.organisation
    page = reverse("member_profile", args=[organisation.slug, member.pk])
    telling.tell_member(
        organisation, application.brought_by, f"joined:{application.pk}", partial(writing.joined, member, page), at
    )


@receiver(leaving_planned)
def confirm_the_cancellation(sender: Any, member: Member, last_day: date, **_: Any) -> None:
    """Confirm to a member that they cancelled, and tell administrators of it."""
    organisation = member.organisation
    if organisation.is_network:
        page = reverse("membership", args=[organisation.slug])
        about = f"{member.pk}:{last_day}"
        letter = partial(group.cancelled, organisation.name, last_day, page)
        telling.tell_member(organisation, member, f"cancelled:{about}", letter, timezone.now())
        _tell_administrators(organisation, member, f"leaves:{about}", partial(group.leaves, member, last_day))


@receiver(member_left)
def say_goodbye(sender: Any, member: Member, on: date, by: Member | None, at: datetime, **_: Any) -> None:
    """Tell who left what stays theirs, and administrators who did not do it themselves."""
    organisation = member.organisation
    if organisation.is_network:
        page = reverse("membership", args=[organisation.slug])
        telling.tell_member(
            organisation, member, f"left:{member.pk}:{on}", partial(group.left, organisation.name, on, page), at
        )
        if by == member:
            _tell_administrators(organisation, member, f"gone:{member.pk}:{on}", partial(group.leaves, member, on))


@receiver(member_thanked)
def tell_the_thanked(sender: Any, thanks: Thanks, at: datetime, **_: Any) -> None:
    """Tell a member that another one thanks them."""
    organisation = thanks.organisation
    letter = partial(group.thanked, thanks, reverse("group", args=[organisation.slug]))
    telling.tell_member(organisation, thanks.to, f"thanks:{thanks.pk}", letter, at)


@receiver(thanks_taken_away)
def tell_of_thanks_no_more(sender: Any, thanks: Thanks, **_: Any) -> None:
    """Do not mail a word of thanks that was taken away."""
    services.empty(abouts=[f"thanks:{thanks.pk}"])


def _tell_administrators(
    organisation: Organisation, leaver: Member, about: str, write: Callable[[str], Letter]
) -> None:
    page = reverse("member_list", args=[organisation.slug])
    for one in in_role(Role.ADMINISTRATOR).exclude(pk=leaver.pk):
        telling.tell_member(organisation, one, f"{about}:{one.pk}", partial(write, page), timezone.now())
