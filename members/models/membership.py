"""What membership of an organisation costs."""

from datetime import date, timedelta
from typing import Any, NamedTuple

import pghistory
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from kernel.money import ZERO
from kernel.periods import Period

NOT_NEGATIVE = [MinValueValidator(0)]


class DuesPeriod(NamedTuple):
    """The first and the last day for which dues are paid at once."""

    first: date
    last: date


@pghistory.track()
class MembershipTerms(TenantModel):
    """What it costs to join, and to stay: dues for every so many months, in advance, from a day on. In euro, without VAT."""

    class Every(models.IntegerChoices):
        MONTH = 1, _("every month")
        QUARTER = 3, _("every quarter")
        HALF = 6, _("every half year")
        YEAR = 12, _("every year")

    registration_fee = models.DecimalField(
        _("registration fee"), max_digits=8, decimal_places=2, default=ZERO, validators=NOT_NEGATIVE
    )
    dues = models.DecimalField(_("dues"), max_digits=8, decimal_places=2, default=ZERO, validators=NOT_NEGATIVE)
    dues_every = models.PositiveSmallIntegerField(_("how often"), choices=Every, default=Every.QUARTER)
    dues_from = models.DateField(_("first day of the first period"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="membership_terms_once"),
            models.CheckConstraint(
                condition=Q(registration_fee__gte=0, dues__gte=0) & (Q(dues=0) | Q(dues_from__isnull=False)),
                name="membership_terms_complete",
            ),
        ]

    @property
    def is_free(self) -> bool:
        """Whether membership costs nothing."""
        return not self.registration_fee and not self.dues

    @property
    def accepted(self) -> dict[str, Any]:
        """What who applies accepts, as an application keeps it."""
        return {
            "accepted_fee": self.registration_fee,
            "accepted_dues": self.dues,
            "accepted_every": self.dues_every if self.dues else None,
        }

    def period_of(self, day: date) -> DuesPeriod | None:
        """Return the period in which a day lies; None before dues begin."""
        if not self.dues_from or day < self.dues_from:
            return None
        months = (day.year - self.dues_from.year) * 12 + day.month - self.dues_from.month
        number = months // self.dues_every
        if self._first(number) > day:
            number -= 1
        return DuesPeriod(self._first(number), self._first(number + 1) - timedelta(1))

    def _first(self, number: int) -> date:
        assert self.dues_from is not None
        return Period(number * self.dues_every, 0).after(self.dues_from)
