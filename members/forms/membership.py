"""What membership costs."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from kernel.forms import AmountField, DateInput, near_today
from members.models import MembershipTerms

MOST = 5000
"""More than this, in euro, is a slip of the keyboard."""


class MembershipTermsForm(forms.ModelForm):  # type: ignore[type-arg]
    """The registration fee, and the dues."""

    class Meta:
        model = MembershipTerms
        fields = ("registration_fee", "dues", "dues_every", "dues_from")
        widgets = {"dues_every": forms.RadioSelect, "dues_from": DateInput}
        field_classes = {"registration_fee": AmountField, "dues": AmountField}
        help_texts = {
            "registration_fee": _("In euro, without VAT; invoiced when somebody who was admitted joins. Nothing: 0."),
            "dues": _(
                "In euro, without VAT; invoiced in advance. Nothing: 0. Another amount holds from the next period on."
            ),
            "dues_from": _(
                "Each period begins so many months after it. Who joins in a period pays from the next one on."
            ),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.before = self.instance.dues_from
        for name in ("registration_fee", "dues"):
            self.fields[name].validators.append(MaxValueValidator(MOST))

    def clean_dues_from(self) -> date | None:
        day: date | None = self.cleaned_data["dues_from"]
        if day and day != self.before:
            near_today(day)
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("dues") and not said.get("dues_from"):
            self.add_error("dues_from", _("Say from which day on dues are due."))
        return said


class CancelForm(forms.Form):
    """The last day of one's own membership."""

    last_day = forms.DateField(
        label=_("Your last day"),
        widget=DateInput,
        help_text=_("Today, or a day to come; until then you can take it back."),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["last_day"].validators.append(near_today)

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < self.today:
            raise forms.ValidationError(_("This day is over."))
        return day
