"""What administrators type about keys of programs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import ApiKey
from members.scopes import SCOPE_NAMES, Scope


class KeyForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a key is for, and what it may do."""

    scopes = forms.TypedMultipleChoiceField(
        label=_("It may"),
        choices=[(scope.value, name) for scope, name in SCOPE_NAMES.items()],
        coerce=Scope,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = ApiKey
        fields = ("name", "scopes")
        labels = {"name": _("Which program uses it")}
