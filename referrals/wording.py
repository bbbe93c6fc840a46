"""Our words for stages, turns and the other codes of cases."""

from django.utils.translation import gettext_lazy as _

from referrals.pipeline import Stage, Turn

STAGES = {
    Stage.RECEIVED: _("Received"),
    Stage.CONTACTED: _("In contact"),
    Stage.INTERVIEWED: _("Interviewed"),
    Stage.PRESENTED: _("Presented to a client"),
    Stage.OFFERED: _("Offer made"),
    Stage.PLACED: _("Placed"),
    Stage.WORKING: _("At work"),
    Stage.FINISHED: _("Assignment ended"),
    Stage.WON: _("Client signed"),
    Stage.REJECTED: _("Rejected"),
    Stage.WITHDRAWN: _("Withdrawn"),
    Stage.CLOSED: _("Closed"),
}
TURNS = {
    Turn.PERSON: _("Waiting for the person's answer"),
    Turn.RECRUITER: _("With the recruiter"),
    Turn.CLIENT: _("Waiting for the client"),
    Turn.NOBODY: _("Nothing more to do"),
}
LIKENESSES = {
    "email": _("same e-mail address"),
    "phone": _("same phone number"),
    "name": _("same name"),
}
