"""Programmes made and published."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from members.models import Member
from programmes.engine.rules import RuleSet
from programmes.models import Programme, Version


@transaction.atomic
def publish(*, name: str, rules: Any, effective_on: date, at: datetime, by: Member | None, note: str = "") -> Version:
    """Publish a rule set as the next version of the programme of this name; Refused if it is not a good one."""
    rule_set = RuleSet.read(rules)
    programme, _ = Programme.objects.get_or_create(name=name, defaults={"case_kind": rule_set.case})
    number = Version.objects.filter(programme=programme).count() + 1
    return Version.objects.create(
        programme=programme,
        number=number,
        rules=rule_set.document(),
        effective_on=effective_on,
        published_at=at,
        published_by=by,
        note=note,
    )
