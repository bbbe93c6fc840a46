"""De Waterkant, the Dutch network: its members, for now."""

from datetime import date
from itertools import product

from demo import names
from demo.building import crowd, organisation_of, programme
from demo.people import STORIES
from kernel.tenancy import tenant


def load(today: date) -> None:
    """Make the network."""
    organisation, _people = organisation_of(STORIES[1], date(2019, 1, 1))
    with tenant(organisation.pk):
        programme("Aandeel in omzet", "revenue_share", date(2019, 1, 1))
        pairs = list(product(names.FIRST_NL, names.LAST_NL))
        crowd(organisation, 45, pairs[3::17], [], date(2019, 1, 1))
