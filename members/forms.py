"""What people type about themselves and those they invite."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Invitation, User
from members.roles import ROLE_NAMES


class JoinForm(forms.Form):
    """How someone wants to be called in the organisation they join."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))


class InvitationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whom to invite, and as what."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        choices=[(role.value, name) for role, name in ROLE_NAMES.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everyone can recommend people; roles add to that."),
    )

    class Meta:
        model = Invitation
        fields = ("name", "email", "roles")


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg]
    """How the product speaks to an account."""

    class Meta:
        model = User
        fields = ("language",)
