"""What finance types."""

from django import forms
from django.utils.translation import gettext_lazy as _

from referrals.forms import DateInput, today_or_before


class SendBackForm(forms.Form):
    """Why an amount goes back."""

    because = forms.CharField(label=_("Reason"), max_length=400)


class PaidForm(forms.Form):
    """When and under which reference an amount was paid."""

    on = forms.DateField(label=_("Paid on"), widget=DateInput, validators=[today_or_before])
    reference = forms.CharField(label=_("Reference of the payment"), max_length=140)
