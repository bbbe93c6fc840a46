"""What is looked for in the trail."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Member
from trail.selectors import Place, Wanted
from trail.sources import Group
from trail.wording import GROUPS

DAYS = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 12, 31))]
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TrailForm(forms.Form):
    """What about, by whom, in which days."""

    group = forms.ChoiceField(label=_("About"), required=False, choices=[("", _("everything")), *GROUPS.items()])
    who = forms.ModelChoiceField(label=_("By"), required=False, queryset=Member.objects.none(), empty_label=_("anyone"))
    since = forms.DateField(label=_("From"), required=False, widget=DAY, validators=DAYS)
    until = forms.DateField(label=_("Until"), required=False, widget=DAY, validators=DAYS)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["who"].queryset = Member.objects.order_by("name")  # type: ignore[attr-defined]

    def wanted(self, before: str) -> Wanted:
        """Return what is asked for, where the form is good."""
        asked = self.cleaned_data
        group, since, until = asked.get("group"), asked.get("since"), asked.get("until")
        return Wanted(
            group=Group(group) if group else None,
            who=asked.get("who"),
            since=_start(since) if since else None,
            until=_start(until + timedelta(1)) if until else None,
            before=Place.parse(before),
        )


def _start(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
