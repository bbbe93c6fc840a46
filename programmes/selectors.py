"""Which rules are in force."""

from datetime import date

from django.db.models import QuerySet

from programmes.models import Programme, Version


def in_force(case_kind: str, on: date) -> list[Version]:
    """Return the version of each programme for a kind of case that applies on a day, by the programme's name."""
    found = Version.objects.filter(programme__case_kind=case_kind, effective_on__lte=on).select_related("programme")
    standing = found.exclude(programme__retired_on__lte=on)
    newest = standing.order_by("programme_id", "-effective_on", "-number").distinct("programme_id")
    return sorted(newest, key=lambda version: version.programme.name)


def for_cases(case_kind: str) -> QuerySet[Programme]:
    """Return every programme that a kind of case ran under, retired ones too."""
    return Programme.objects.filter(case_kind=case_kind).order_by("name")
