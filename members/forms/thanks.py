"""What a member thanks another one for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Thanks


class ThanksForm(forms.ModelForm):  # type: ignore[type-arg]
    """A line or two."""

    class Meta:
        model = Thanks
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        labels = {"text": _("What for")}
        help_texts = {"text": _("Everybody in the network can read it. No clients by name, please.")}
