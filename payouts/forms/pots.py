"""What members and finance type about coins and the pot."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import DateInput, near_today
from payouts.models import PotObjection
from referrals.forms.cases import today_or_before
from referrals.models import Publicity


class PublicityForm(forms.ModelForm):  # type: ignore[type-arg]
    """Publicity for the network, with a link."""

    link = forms.URLField(
        label=_("Where it can be seen"),
        max_length=300,
        assume_scheme="https",
        help_text=_("An administrator looks at it."),
    )

    class Meta:
        model = Publicity
        fields = ("link", "about", "on")
        widgets = {"on": DateInput}
        help_texts = {"about": _("An article, a talk, a post that many read.")}

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["on"].validators += [today_or_before, near_today]


class ObjectionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is wrong with a division."""

    class Meta:
        model = PotObjection
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class AnswerForm(forms.ModelForm):  # type: ignore[type-arg]
    """The answer to an objection."""

    class Meta:
        model = PotObjection
        fields = ("answer",)
        widgets = {"answer": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["answer"].required = True
