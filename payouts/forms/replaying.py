"""What is replayed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import DateInput


class ReplayForm(forms.Form):
    """The period whose cases are replayed, by the day on which they were handed in."""

    since = forms.DateField(label=_("Handed in from"), widget=DateInput)
    until = forms.DateField(label=_("to"), widget=DateInput)

    def clean(self) -> dict[str, Any]:
        super().clean()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day comes before the first."))
        return self.cleaned_data
