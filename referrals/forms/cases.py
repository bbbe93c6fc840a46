"""What members and recruiters type."""

from typing import Any, BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernel.forms import DateInput, NumberField
from members.models import LANGUAGES
from referrals.models import SENIORITIES, Opening, Profile
from referrals.uploads import NotACvError, media_type_of

REJECTIONS = [
    ("skills", _("The skills do not fit well enough")),
    ("experience", _("More or other experience is needed")),
    ("rate", _("Rate or salary do not fit")),
    ("availability", _("Not available at the right time")),
    ("filled", _("The position was filled by someone else")),
    ("unreachable", _("We could not reach the person")),
    ("other", _("Another reason")),
]
CV_REFUSED = {
    "type": _("Upload a PDF, DOCX or ODT file."),
    "size": _("The file may have at most 5 MB, and must not be empty."),
    "content": _("This file is not what its name says. Save it as PDF and try again."),
}


class CvField(forms.FileField):
    """A CV: PDF, DOCX or ODT, by name and by content."""

    widget = forms.FileInput(attrs={"accept": ".pdf,.docx,.odt"})

    def clean(self, data: Any, initial: Any = None) -> "UploadedFile[Any] | None":
        upload: UploadedFile[Any] | None = super().clean(data, initial)
        if upload:
            try:
                upload.content_type = media_type_of(upload.name or "", upload.size or 0, cast(BinaryIO, upload.file))
            except NotACvError as refused:
                raise forms.ValidationError(CV_REFUSED[str(refused)]) from None
        return upload


class RecommendForm(forms.Form):
    """A recommendation, in under a minute."""

    name = forms.CharField(label=_("Their name"), max_length=120)
    email = forms.EmailField(label=_("Their e-mail address"), max_length=200)
    known_as = forms.CharField(
        label=_("How do you know them?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Two sentences are enough: where you worked together, and what they are good at."),
    )
    opening = forms.ModelChoiceField(
        label=_("For which opening?"),
        queryset=Opening.objects.none(),
        required=False,
        empty_label=_("For any that fits"),
    )
    phone = forms.CharField(label=_("Their phone number"), max_length=40, required=False)
    linkedin = forms.URLField(label=_("Their LinkedIn address"), max_length=200, required=False, assume_scheme="https")
    cv = CvField(label=_("Their CV"), required=False, help_text=_("PDF, DOCX or ODT, 5 MB at most."))
    language = forms.ChoiceField(label=_("Language we write to them in"))

    def __init__(self, *args: Any, openings: QuerySet[Opening], languages: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["opening"].queryset = openings  # type: ignore[attr-defined]
        offered = [(code, name) for code, name in LANGUAGES if code in languages]
        self.fields["language"].choices = offered  # type: ignore[attr-defined]


class OpeningForm(forms.ModelForm):  # type: ignore[type-arg]
    """An opening; a client that is not there yet is made with it."""

    client_name = forms.CharField(label=_("Client"), max_length=120)

    class Meta:
        model = Opening
        fields = ("title", "client_name", "seniority", "location", "rate", "requirements", "description")
        widgets = {"requirements": forms.Textarea(attrs={"rows": 4}), "description": forms.Textarea(attrs={"rows": 4})}


class NoteForm(forms.Form):
    """A note among recruiters."""

    text = forms.CharField(label=_("Note"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class EndForm(forms.Form):
    """Why a case ends, in a code for the figures and in words for the member."""

    reason = forms.ChoiceField(label=_("Reason"), choices=REJECTIONS)
    text = forms.CharField(
        label=_("What the member may read"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two honest sentences. The member sees them word for word."),
    )


def today_or_before(value: Any) -> None:
    """Refuse a date in the future: facts have happened."""
    if value > timezone.localdate():
        raise forms.ValidationError(_("This date is still to come. Give the day on which it happened."))


class PlaceForm(forms.Form):
    """What was agreed."""

    client_name = forms.CharField(label=_("Client"), max_length=120)
    title = forms.CharField(label=_("Assignment or job"), max_length=120)
    seniority = forms.ChoiceField(label=_("Seniority"), choices=[("", "–"), *SENIORITIES], required=False)
    on = forms.DateField(label=_("Agreed on"), widget=DateInput, validators=[today_or_before])


class StartForm(forms.Form):
    """The first day at work."""

    on = forms.DateField(label=_("First day at work"), widget=DateInput, validators=[today_or_before])
    probation_ends = forms.DateField(label=_("Probation ends on"), widget=DateInput, required=False)


class DaysWorkedForm(forms.Form):
    """Days worked in one month."""

    month = forms.DateField(
        label=_("Month"), input_formats=["%Y-%m"], widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
    )
    days = NumberField(label=_("Days worked"), min_value=0, max_value=31, decimal_places=1, max_digits=3, step_size=0.5)


class LeaveForm(forms.Form):
    """The last day at work."""

    on = forms.DateField(label=_("Last day at work"), widget=DateInput, validators=[today_or_before])


class KnownForm(forms.Form):
    """Since when the organisation knows a person itself."""

    since = forms.DateField(label=_("Known since"), widget=DateInput, validators=[today_or_before])


class SavedFilterForm(forms.Form):
    """A name for the present filters."""

    name = forms.CharField(
        label=_("Name of this view"),
        max_length=60,
        widget=forms.TextInput(attrs={"placeholder": _("Name of this view")}),
    )


class InterviewForm(forms.Form):
    """When and where a talk is."""

    starts_at = forms.DateTimeField(
        label=_("Date and time"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    place = forms.CharField(label=_("Where, or the link of the call"), max_length=200)
    client_name = forms.CharField(
        label=_("With which client"), max_length=120, required=False, help_text=_("Leave empty for a talk with us.")
    )


class AssignmentForm(forms.Form):
    """The assignment that a person is asked about."""

    client_name = forms.CharField(label=_("Client"), max_length=120)
    title = forms.CharField(label=_("Assignment or job"), max_length=120)
    about = forms.CharField(
        label=_("What the person should know of it"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What it is for, where, from when, how long, the rate. They decide on this."),
    )


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a client is shown of a person."""

    class Meta:
        model = Profile
        fields = ("headline", "summary", "skills", "languages", "available", "rate")
        widgets = {"summary": forms.Textarea(attrs={"rows": 6}), "skills": forms.Textarea(attrs={"rows": 6})}


class LeadForm(forms.Form):
    """A client that a member brings in."""

    client_name = forms.CharField(label=_("Which company?"), max_length=120)
    about = forms.CharField(
        label=_("Whom should we call, and what do they need?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Tell them first that we will call."),
    )


class WonForm(forms.Form):
    """The day on which a client signed."""

    on = forms.DateField(label=_("Signed on"), widget=DateInput, validators=[today_or_before])


class DaysFileForm(forms.Form):
    """A file of days worked."""

    file = forms.FileField(
        label=_("CSV or XLSX file"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=_("2 MB at most."),
    )


class ApplicationForm(forms.Form):
    """Someone who followed a member's link, and would like to be recommended."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=200, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    phone = forms.CharField(
        label=_("Your phone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    cv = CvField(label=_("Your CV"), required=False, help_text=_("PDF, DOCX or ODT, 5 MB at most."))
