"""Our words for what is deleted, and why somebody cannot be erased yet."""

from django.utils.translation import gettext_lazy as _

DELETED = {
    "people": _("People recommended"),
    "cvs": _("CVs"),
    "members": _("Members who left, and are owed and owe nothing"),
    "texts": _("Texts about leads that ended"),
    "documents": _("Documents that the law has kept no longer"),
}
NOT_ERASED = {
    "erased": _("is erased already"),
    "present": _("is still a member"),
    "owed": _("is still owed something"),
    "owes": _("still owes something"),
    "running": _("can still earn something"),
}
