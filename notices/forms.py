"""Which mails a member wants."""

from django import forms
from django.utils.translation import gettext_lazy as _

from notices.kinds import OPTIONAL


class PreferenceForm(forms.Form):
    """The mails that can be switched off, switched on or off."""

    wanted = forms.MultipleChoiceField(
        label=_("Mail me when"),
        required=False,
        choices=[(kind.value, name) for kind, name in OPTIONAL.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Mails about money and about your account always come."),
    )
