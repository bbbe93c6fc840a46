"""Our words for stages, turns and the other codes of cases."""

from django.utils.translation import gettext_lazy as _

from referrals.pipeline import Stage, Turn

STAGES = {
    Stage.RECEIVED: _("Received"),
    Stage.CONTACTED: _("In contact"),
    Stage.INTERVIEWED: _("Interviewed"),
    Stage.PRESENTED: _("Presented to a client"),
    Stage.TALKS: _("In talks"),
    Stage.OFFERED: _("Offer made"),
    Stage.PLACED: _("Placed"),
    Stage.WORKING: _("At work"),
    Stage.FINISHED: _("Assignment ended"),
    Stage.WON: _("Client signed"),
    Stage.REJECTED: _("Rejected"),
    Stage.WITHDRAWN: _("Withdrawn"),
    Stage.CLOSED: _("Closed"),
}
OPPORTUNITY_STAGES = STAGES | {
    Stage.RECEIVED: _("Open"),
    Stage.PRESENTED: _("Introduced"),
    Stage.WORKING: _("Landed"),
    Stage.FINISHED: _("Assignment over"),
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
UNREADABLE = {
    "type": _("Choose a CSV or XLSX file."),
    "size": _("The file may have at most 2 MB, and must not be empty."),
    "content": _("This file is not what its name says, or it is damaged. Save it again and try once more."),
    "headings": _("The first line must name the columns: case, month, days (and placement, if someone has several)."),
    "empty": _("There are no lines in this file."),
    "too_long": _("The file may have at most 5,000 lines. Divide it."),
}
UNREADABLE_TURNOVER = {
    "headings": _("The first line must name the columns: assignment, month, amount."),
}
"""The same of a file of turnover, where it differs."""
PROBLEMS = {
    "no_case": _("no case's reference"),
    "no_month": _("no month such as 2026-03"),
    "no_days": _("no number of days"),
    "odd_days": _("days must be 0 to 31, in halves"),
    "repeated": _("the same case and month stand above already"),
    "unknown_case": _("no case has this reference"),
    "no_placement": _("this case has no such placement"),
    "which_placement": _("this case has several placements: say which, by its number"),
    "not_started": _("no first day at work was recorded"),
    "before_start": _("this month lies before the first day at work"),
    "future": _("this month is still to come"),
    "no_amount": _("no amount such as 4250.00, or one that could be two, as 1.200"),
    "odd_amount": _("an amount is not below zero, in whole cents, and below a hundred million"),
    "unknown_assignment": _("you landed no assignment with this reference"),
    "before_won": _("this month is before the assignment was landed"),
}
"""What can be wrong with a line of a file of days worked, or of turnover."""
