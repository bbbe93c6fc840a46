"""Who may see a page. Every view declares it; a route that does not is refused, and fails a test."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from members.models import Member, Organisation, User
from members.roles import Role

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
SIGNED_IN = "signed_in"
MEMBERS = "members"
LEAVERS = "leavers"
KEYS = "keys"


class OrganisationRequest(HttpRequest):
    """A request to a page of an organisation, by one of its members, in a transaction that entered it."""

    organisation: Organisation
    member: Member
    htmx: HtmxDetails
    user: User


class Declared(Protocol):
    access: str | frozenset[Role]


def _declare(access: str | frozenset[Role]) -> Callable[[View], View]:
    def declare(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return declare


public = _declare(PUBLIC)
"""For everyone; what it shows of an organisation, a link's token opened."""

signed_in = _declare(SIGNED_IN)
"""For everyone with an account."""

for_members = _declare(MEMBERS)
"""For everyone in the organisation."""

for_leavers_too = _declare(LEAVERS)
"""For everyone in the organisation, and for who left it: their own money, and nothing else."""


for_keys = _declare(KEYS)
"""For programs that carry a key of the organisation; what it may do, each endpoint says."""


def for_roles(*roles: Role) -> Callable[[View], View]:
    """For those in the organisation who have one of the roles."""
    return _declare(frozenset(roles))


OF_NETWORKS = frozenset({"opportunities", "assignments", "directory", "group", "meetings", "pot"})
OF_RECRUITMENT = frozenset({"referrals", "leads", "inbox", "pipeline", "openings"})
"""First words of the pages, in an organisation, that are there as far as its programmes have a use for them."""


def is_there(route: str, organisation: Organisation) -> bool:
    """Whether an organisation has the page of a route: one of its members' opportunities, or of people recommended."""
    area = route.split("/")[1]
    return (area not in OF_NETWORKS or organisation.is_network) and (
        area not in OF_RECRUITMENT or organisation.recruits
    )


def access_of(view: Any) -> str | frozenset[Role] | None:
    """Return what a view declares; allauth's views declare by their module. None where nothing is declared."""
    declared: str | frozenset[Role] | None = getattr(view, "access", None)
    if declared is None:
        declared = getattr(getattr(view, "view_class", None), "access", None)
    if declared is None and view.__module__.startswith("allauth."):
        return PUBLIC
    return declared
