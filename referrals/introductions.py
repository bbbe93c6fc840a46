"""A text that a member can send to someone they would recommend, in the language in force."""

from django.utils.translation import gettext as _


def ready_to_send(*, organisation: str, opening: str, sender: str, address: str) -> str:
    """Return the text, with the address of the member's own link in it."""
    params = {"organisation": organisation, "opening": opening, "sender": sender, "address": address}
    about = (
        _("%(organisation)s is looking for someone: %(opening)s. I thought of you at once.") % params
        if opening
        else _("I know %(organisation)s well, and I think they should know you.") % params
    )
    return "\n\n".join(
        [
            _("Hi,"),
            about,
            _("If you like the idea, look here; nobody calls you before you say yes:") + f"\n{address}",
            _("Best wishes,") + f"\n{sender}",
        ]
    )
