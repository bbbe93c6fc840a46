"""What administrators type about webhooks."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel import sending
from notices.models import Webhook
from notices.webhooks.events import EVENT_NAMES, OF_GROUP

LONGEST, LONGEST_OF_CHATS = 300, 1000
CHATS = ("hooks.slack.com", ".webhook.office.com", ".logic.azure.com", ".powerplatform.com")
"""What the machines of chats are called."""


class NewWebhookForm(forms.ModelForm):  # type: ignore[type-arg]
    """Where to, and of what."""

    url = forms.URLField(
        label=_("Address"),
        max_length=LONGEST_OF_CHATS,
        assume_scheme="https",
        help_text=_(
            "It begins with https:// and is on the open internet. Of a chat: of its incoming webhook, or workflow."
        ),
    )
    told_of = forms.MultipleChoiceField(
        label=_("Tell it when"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Webhook
        fields: tuple[str, ...] = ("format", "url", "told_of")
        widgets = {"format": forms.RadioSelect}

    def __init__(self, *args: Any, is_network: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_network:
            self.fields.pop("format", None)
        names = [(event.value, name) for event, name in EVENT_NAMES.items() if is_network or event not in OF_GROUP]
        self.fields["told_of"].choices = names  # type: ignore[attr-defined]

    def clean_url(self) -> Any:
        url = self.cleaned_data["url"]
        if url:
            sending.check_typed(url)
        return url

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        is_chat = said.get("format", self.instance.format) != Webhook.Format.STANDARD
        url = said.get("url") or ""
        if is_chat and set(said.get("told_of", ())) - OF_GROUP:
            self.add_error("told_of", _("A chat is told of opportunities, members and meetings; no more than that."))
        if not is_chat and (urlsplit(url).hostname or "").endswith(CHATS):
            self.add_error("url", _("This is the address of a chat: choose Slack or Teams above."))
        if not is_chat and len(url) > LONGEST:
            self.add_error("url", _("An address has 300 characters at most."))
        return said

    def _post_clean(self) -> None:
        """The service decides what of an address is kept where: the instance stays as it is stored."""


class WebhookForm(NewWebhookForm):
    """The same of one that is there, and whether it is on."""

    class Meta(NewWebhookForm.Meta):
        fields = ("url", "told_of", "is_active")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.is_chat:
            self.initial["url"] = ""
            self.fields["url"].required = False
            self.fields["url"].help_text = _("It is a key, and not shown. Leave it empty to keep it.")
