"""What lists can be narrowed down to."""

from datetime import UTC, datetime
from typing import Any

import django_filters as filters
from rest_framework.exceptions import ValidationError

from members.models import Member
from payouts.models import Entitlement
from programmes.engine.assessment import Standing
from programmes.models import CASE_KINDS
from referrals.models import Case, Opening, Opportunity
from referrals.pipeline import Stage

STAGES = [(stage.value, stage.value) for stage in Stage]
STANDINGS = [(standing.value, standing.value) for standing in Standing]


class MomentFilter(filters.IsoDateTimeFilter):
    """A moment, in whichever zone; the database knows fewer zones than can be written, so it is told in UTC."""

    def filter(self, qs: Any, value: datetime | None) -> Any:
        try:
            return super().filter(qs, value.astimezone(UTC) if value else value)
        except OverflowError:  # the calendar's first or last day
            raise ValidationError({self.field_name: ["This moment is out of the calendar."]}) from None


class AddressFilter(filters.CharFilter):
    """An e-mail address, in whichever case it is typed."""

    def filter(self, qs: Any, value: str) -> Any:
        return super().filter(qs, value.lower())


class CaseFilter(filters.FilterSet):
    """Cases by where they stand, whose they are, and when they came."""

    stage = filters.ChoiceFilter(choices=STAGES)
    kind = filters.ChoiceFilter(choices=CASE_KINDS)
    introducer = AddressFilter("introducer__user__email", label="The introducer's address.")
    opening = filters.NumberFilter("opening_id")
    submitted_from = MomentFilter("submitted_at", "gte")
    submitted_before = MomentFilter("submitted_at", "lt")

    class Meta:
        model = Case
        fields = ("stage", "kind", "is_over")


class OpportunityFilter(filters.FilterSet):
    """Opportunities by where they stand, what they are, and who shared them."""

    stage = filters.ChoiceFilter("case__stage", choices=STAGES)
    is_over = filters.BooleanFilter("case__is_over")
    shared_by = AddressFilter("case__introducer__user__email", label="The address of who shared it.")

    class Meta:
        model = Opportunity
        fields = ("what", "visibility")


class OpeningFilter(filters.FilterSet):
    """Openings by whether people can still be recommended for them."""

    is_open = filters.BooleanFilter("closed_on", "isnull")

    class Meta:
        model = Opening
        fields = ("seniority",)


class EntitlementFilter(filters.FilterSet):
    """Entitlements by case, by where they stand, and by when they fell due."""

    case = filters.CharFilter("case__reference")
    introducer = AddressFilter("case__introducer__user__email", label="The introducer's address.")
    state = filters.ChoiceFilter(choices=STANDINGS)
    due_from = filters.DateFilter("due_on", "gte")
    due_before = filters.DateFilter("due_on", "lt")

    class Meta:
        model = Entitlement
        fields = ("party", "unit")


class MemberFilter(filters.FilterSet):
    """Members by address, and by whether they are there."""

    email = AddressFilter("user__email")
    is_there = filters.BooleanFilter("left_on", "isnull")

    class Meta:
        model = Member
        fields = ("email",)
