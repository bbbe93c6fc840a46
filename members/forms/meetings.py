"""What is typed about meetings."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernel.forms import DateInput, OneOfSeveral, near_today
from members.models import AgendaItem, Meeting
from members.selectors import directory

TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class MeetingForm(forms.ModelForm):  # type: ignore[type-arg]
    """When and where it is, and what about."""

    day = forms.DateField(label=_("Day"), widget=DateInput, validators=[near_today])
    begins = forms.TimeField(label=_("Begins at"), widget=TIME)
    ends = forms.TimeField(label=_("Ends at"), widget=TIME)
    link = forms.URLField(
        label=_("Link of the call"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("For who joins from afar. Only members see it."),
    )
    field_order = ("title", "day", "begins", "ends", "place", "link", "about", "seats")

    class Meta:
        model = Meeting
        fields = ("title", "place", "link", "about", "seats")
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "seats": _("Who answers later waits for a seat. Empty: everybody can come."),
            "place": _("With the address, so that one finds it."),
        }

    def __init__(self, *args: Any, now: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.now = now
        if self.instance.pk:
            begins, ends = (timezone.localtime(one) for one in (self.instance.starts_at, self.instance.ends_at))
            self.initial.update(day=begins.date(), begins=begins.time(), ends=ends.time())

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("place") and not said.get("link") and "link" not in self.errors:
            self.add_error("place", _("Say where it is, or give the link of the call."))
        day, begins, ends = (said.get(name) for name in ("day", "begins", "ends"))
        if day and begins and ends:
            said["starts_at"], said["ends_at"] = (
                timezone.make_aware(datetime.combine(day, one)) for one in (begins, ends)
            )
            if said["ends_at"] <= said["starts_at"]:
                self.add_error("ends", _("It ends before it begins."))
            elif said["starts_at"] <= self.now and said["starts_at"] != self.instance.starts_at:
                self.add_error("day" if day < timezone.localdate(self.now) else "begins", _("This is over already."))
        return said

    @property
    def answers(self) -> dict[str, Any]:
        """The fields of the model."""
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "starts_at", "ends_at")}


class AgendaItemForm(OneOfSeveral, forms.ModelForm):  # type: ignore[type-arg]
    """A point of the agenda."""

    class Meta:
        model = AgendaItem
        fields = ("kind", "title", "minutes", "member")
        labels = {"member": _("Who")}
        help_texts = {
            "title": _("Of a slot for members it may stay empty: who takes it says so."),
            "member": _("They are told. Empty: of a slot for members, somebody is wanted."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["member"].queryset = directory.present()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("kind") == AgendaItem.Kind.ITEM and not said.get("title"):
            self.add_error("title", _("Say what it is about."))
        return said


class SlotForm(OneOfSeveral, forms.Form):
    """What a member speaks of."""

    said = forms.CharField(label=_("About what"), max_length=120, required=False)


class CancellationForm(OneOfSeveral, forms.Form):
    """Why a meeting is cancelled."""

    because = forms.CharField(label=_("Why"), max_length=400, help_text=_("Everybody who comes, or waits, reads it."))


class NotesForm(OneOfSeveral, forms.ModelForm):  # type: ignore[type-arg]
    """What was said."""

    class Meta:
        model = Meeting
        fields = ("notes",)
        widgets = {"notes": forms.Textarea(attrs={"rows": 10})}
        help_texts = {"notes": _("Every member can read them. Leave out what should not stand there.")}
