"""Who belongs where."""

from collections.abc import Iterable

from django.db.models import Count, F, Q, QuerySet

from kernel import limits
from members.models import ApiKey, Application, Invitation, Member, Membership, Organisation, Team, User
from members.roles import Role

DECLINED = "declined"
"""Under this it is remembered, by a hash of organisation and address, who said no."""


def membership(*, user: User, slug: str) -> Membership | None:
    """Return an account's membership, also a former one, of the organisation with this name in addresses."""
    found = Membership.objects.select_related("organisation")
    return found.filter(user_id=user.pk, organisation__slug=slug).first()


def member_of(user: User) -> Member:
    """Return who an account is in the organisation that was entered."""
    return Member.objects.get(user_id=user.pk)


def organisations_of(user: User) -> QuerySet[Organisation]:
    """The organisations that an account belongs to, by name."""
    return Organisation.objects.filter(memberships__user_id=user.pk, memberships__is_active=True).order_by("name")


def former_organisations_of(user: User) -> QuerySet[Organisation]:
    """The organisations that an account belonged to, by name."""
    return Organisation.objects.filter(memberships__user_id=user.pk, memberships__is_active=False).order_by("name")


def in_role(role: Role) -> QuerySet[Member]:
    """Those of the organisation that was entered who have a role and are still there, with their accounts."""
    return Member.objects.filter(roles__contains=[role], left_on=None).select_related("user").order_by("pk")


def members(wanted: str = "") -> QuerySet[Member]:
    """Everyone in the organisation that was entered, with account and team, those who left last; of those in whose name, address or
    team each wanted word is.
    """
    found = Member.objects.select_related("user", "team").order_by(F("left_on").asc(nulls_first=True), "name", "pk")
    for word in wanted.split():
        found = found.filter(Q(name__icontains=word) | Q(user__email__icontains=word) | Q(team__name__icontains=word))
    return found


def present() -> int:
    """How many are in the organisation that was entered."""
    return Member.objects.filter(left_on=None).count()


def teams() -> QuerySet[Team]:
    """Every team, with `present`: how many of it are there."""
    present = Count("members", filter=Q(members__left_on=None))
    return Team.objects.annotate(present=present).order_by("name")


def keys() -> QuerySet[ApiKey]:
    """Every key, those that work first."""
    return ApiKey.objects.select_related("made_by").order_by(F("revoked_at").desc(nulls_first=True), "name", "pk")


def known_addresses() -> set[str]:
    """The addresses of everyone who is in the organisation, is invited, or was asked to join it."""
    members = Member.objects.filter(left_on=None).values_list("user__email", flat=True)
    invited = open_invitations().values_list("email", flat=True)
    return {email.lower() for email in [*members, *invited, *asked().values_list("email", flat=True)]}


def declined(organisation_id: int, addresses: Iterable[str]) -> set[str]:
    """Return the addresses, in small letters, of who said not long ago that they do not want to join."""
    who = {(organisation_id, one): one for one in addresses}
    return {who[one] for one in limits.remembered(DECLINED, who)}


def asked() -> QuerySet[Application]:
    """Those who were asked to join and have not answered, or applied and wait."""
    return Application.objects.filter(state__in=(Application.State.ASKED, Application.State.APPLIED))


def open_invitations() -> QuerySet[Invitation]:
    """Invitations that nobody has accepted or withdrawn."""
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None).order_by("-invited_at")
