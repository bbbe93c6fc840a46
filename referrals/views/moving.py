"""What is said when a case cannot move, and the way back to the board as it was filtered."""

from django.urls import reverse
from django.utils.translation import gettext as _

from members.access import OrganisationRequest
from referrals.models import Case
from referrals.pipeline import Stage
from referrals.services import moves
from referrals.templatetags.cases import person
from referrals.wording import STAGES

LONGEST_QUERY = 400


def back_to_board(request: OrganisationRequest) -> str:
    """The address of the board or list that a form was sent from, with its filters."""
    name = "board_list" if request.POST.get("view") == "list" else "board"
    query = request.POST.get("query", "")[:LONGEST_QUERY]
    return reverse(name, args=[request.organisation.slug]) + (f"?{query}" if query else "")


def taken(moved: moves.MovedMeanwhileError) -> str:
    """Say who was faster."""
    stage = STAGES[Stage(moved.case.stage)]
    who = moved.mover or moved.case.recruiter
    if who:
        params = {"who": who.name, "person": person(moved.case), "stage": stage}
        return _("%(who)s was faster: %(person)s now stands at “%(stage)s”.") % params
    return _("%(person)s moved meanwhile and now stands at “%(stage)s”.") % {
        "person": person(moved.case),
        "stage": stage,
    }


def refused(case: Case, to: Stage, why: Exception) -> str:
    """Say why a case cannot move."""
    if isinstance(why, moves.NotAgreedError):
        return _("Ask %(person)s first whether they agree to the assignment; that is on the case's page.") % {
            "person": person(case)
        }
    if case.answer != "consented":
        return _("%(person)s has not agreed yet; until then the case cannot move.") % {"person": person(case)}
    return _("“%(stage)s” needs more than a move: record it on the case's page.") % {"stage": STAGES[to]}
