"""What administrators type about webhooks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel import sending
from notices.models import Webhook
from notices.webhooks.events import EVENT_NAMES


class NewWebhookForm(forms.ModelForm):  # type: ignore[type-arg]
    """Where to, and of what."""

    url = forms.URLField(
        label=_("Address"),
        max_length=300,
        assume_scheme="https",
        help_text=_("It begins with https:// and is on the open internet."),
    )
    told_of = forms.MultipleChoiceField(
        label=_("Tell it when"),
        choices=[(event.value, name) for event, name in EVENT_NAMES.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Webhook
        fields: tuple[str, ...] = ("url", "told_of")

    def clean_url(self) -> Any:
        url = self.cleaned_data["url"]
        sending.check_typed(url)
        return url


class WebhookForm(NewWebhookForm):
    """The same of one that is there, and whether it is on."""

    class Meta(NewWebhookForm.Meta):
        fields = ("url", "told_of", "is_active")
