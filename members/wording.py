"""Our words for what is wrong with files that people upload."""

from django.utils.translation import gettext_lazy as _

UNREADABLE = {
    "type": _("Choose a CSV or XLSX file."),
    "size": _("The file may have at most 2 MB, and must not be empty."),
    "content": _("This file is not what its name says, or it is damaged. Save it again and try once more."),
    "headings": _("The first line must name the columns: name, email (and team, roles)."),
    "empty": _("There are no lines in this file."),
    "too_long": _("The file may have at most 5,000 lines. Divide it."),
}
PROBLEMS = {
    "no_name": _("no name, or too long a one"),
    "no_email": _("no e-mail address"),
    "long_team": _("the team's name is too long"),
    "unknown_role": _("roles are: recruiter, finance, administrator"),
    "known": _("is a member already, or invited"),
    "declined": _("said no not long ago"),
    "repeated": _("stands above already"),
}
"""What can be wrong with a line of a file of people."""

NOT_THEIRS = _("An administrator said when you leave. Speak with them.")
