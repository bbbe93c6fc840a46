"""What is replayed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import DateInput


class ReplayForm(forms.Form):
    """The period whose cases are replayed, by the day on which they were handed in; in a network, what fell due in it."""

    since = forms.DateField(label=_("Handed in from"), widget=DateInput)
    until = forms.DateField(label=_("to"), widget=DateInput)

    def __init__(self, *args: Any, runs_for_years: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if runs_for_years:
            self.fields["since"].label = _("Earned from")

    def clean(self) -> dict[str, Any]:
        super().clean()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day comes before the first."))
        return self.cleaned_data
