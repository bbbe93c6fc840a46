"""What administrators put into the catalogue, and what is said when points are redeemed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Member
from payouts.models import CatalogueItem, Redemption


class CatalogueItemForm(forms.ModelForm):  # type: ignore[type-arg]
    """Something that points can be redeemed for."""

    approver = forms.ModelChoiceField(
        Member.objects.none(), label=_("Who approves"), required=False, empty_label=_("Someone of finance")
    )

    class Meta:
        model = CatalogueItem
        fields = ("name", "description", "points", "stock", "approver", "is_offered")
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "name": _("A training budget, a ticket for a conference, a day off, a gift."),
            "stock": _("Leave this empty when there is always enough."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        present = Member.objects.filter(left_on=None).order_by("name")
        self.fields["approver"].queryset = present  # type: ignore[attr-defined]

    def clean_name(self) -> Any:
        """Say that a name is taken: the form knows nothing of the organisation, which every row's key begins with."""
        name = self.cleaned_data["name"]
        if CatalogueItem.objects.filter(name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is one of this name already."))
        return name


class RedeemForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a member has in mind, if anything; with the price that they saw."""

    points = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Redemption
        fields = ("wish",)
        widgets = {"wish": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"wish": _("Which course, which day; or leave this empty.")}


class DecideForm(forms.Form):
    """Granted or refused; a refusal says why."""

    is_granted = forms.ChoiceField(choices=[("yes", _("Grant")), ("no", _("Refuse"))], widget=forms.HiddenInput)
    said = forms.CharField(
        label=_("What the member reads"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> None:
        if self.cleaned_data.get("is_granted") == "no" and not self.cleaned_data.get("said"):
            self.add_error("said", _("Say why: the member reads it."))
