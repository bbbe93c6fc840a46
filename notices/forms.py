"""Which mails a member wants, and how often."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from notices.kinds import OF_NETWORKS, OF_RECRUITMENT, OPTIONAL
from notices.models import Preference


class PreferenceForm(forms.ModelForm):  # type: ignore[type-arg]
    """The mails that can be switched off, switched on or off; in a network also how often one hears of the group."""

    wanted = forms.MultipleChoiceField(
        label=_("Mail me when"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Mails about money and about your account always come."),
    )
    field_order = ("fitting", "digest", "wanted")

    class Meta:
        model = Preference
        fields = ("fitting", "digest")
        widgets = {"fitting": forms.RadioSelect, "digest": forms.RadioSelect}
        help_texts = {
            "fitting": _("They fit when they ask for a discipline that stands in your profile."),
            "digest": _("New opportunities, meetings, members and thanks, in one mail."),
        }

    def __init__(self, *args: Any, is_network: bool, recruits: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        absent = (frozenset() if is_network else OF_NETWORKS) | (frozenset() if recruits else OF_RECRUITMENT)
        self.kinds = [kind for kind in OPTIONAL if kind not in absent]
        muted = self.instance.muted
        self.fields["wanted"].choices = [(kind.value, OPTIONAL[kind]) for kind in self.kinds]  # type: ignore[attr-defined]
        self.initial["wanted"] = [kind.value for kind in self.kinds if kind not in muted]
        if not is_network:
            del self.fields["fitting"], self.fields["digest"]

    @property
    def hears_of_no_opportunities(self) -> bool:
        """Whether what was chosen means that nothing is mailed of opportunities that fit."""
        said = self.cleaned_data
        return said.get("fitting") == Preference.Fitting.DIGEST and said.get("digest") == Preference.Digest.NEVER

    @property
    def answers(self) -> dict[str, Any]:
        """The fields of the model; kinds that were not shown stay as they were."""
        wanted = self.cleaned_data["wanted"]
        unseen = [kind for kind in self.instance.muted if kind not in self.kinds]
        muted = sorted([*unseen, *(kind.value for kind in self.kinds if kind not in wanted)])
        often = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}
        return {"muted": muted, **often}
