"""Teams and departments."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from members.access import OrganisationRequest, for_roles
from members.forms.people import MergeTeamForm, TeamForm
from members.models import Team
from members.roles import Role
from members.selectors import people as selectors
from members.services import teams


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def team_list(request: OrganisationRequest) -> HttpResponse:
    """Every team with how many are in it, and a new one."""
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            teams.add(name=form.cleaned_data["name"])
        except teams.TeamNameTakenError:
            form.add_error("name", _("There is a team of this name already."))
        else:
            return redirect("team_list", request.organisation.slug)
    context = {"teams": selectors.teams(), "form": form}
    return render(request, "members/team_list.html", context, status=422 if form.errors else 200)


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def team_edit(request: OrganisationRequest, team_id: int) -> HttpResponse:
    """A team's name."""
    team = _team(team_id)
    form = TeamForm(request.POST or None, instance=_team(team_id))
    if request.method == "POST" and form.is_valid():
        try:
            teams.rename(team=team, name=form.cleaned_data["name"])
        except teams.TeamNameTakenError:
            form.add_error("name", _("Another team is called so. Move everyone there instead."))
        else:
            messages.success(request, _("Saved."))
            return redirect("team_list", request.organisation.slug)
    return _page(request, {"team": team, "form": form, "merge_form": MergeTeamForm(team=team)})


@for_roles(Role.ADMINISTRATOR)
@require_POST
def team_merge(request: OrganisationRequest, team_id: int) -> HttpResponse:
    """Everyone of a team moves to another one, and the team is gone."""
    team = _team(team_id)
    form = MergeTeamForm(request.POST, team=team)
    if not form.is_valid():
        return _page(request, {"team": team, "form": TeamForm(instance=team), "merge_form": form})
    teams.merge(team=team, into=form.cleaned_data["into"])
    messages.success(request, _("%(name)s is gone, and everyone in it was moved.") % {"name": team.name})
    return redirect("team_list", request.organisation.slug)


def _team(team_id: int) -> Team:
    found = Team.objects.filter(pk=team_id).first()
    if not found:
        raise Http404
    return found


def _page(request: OrganisationRequest, context: dict[str, Any]) -> HttpResponse:
    wrong = context["form"].errors or context["merge_form"].errors
    return render(request, "members/team_form.html", context, status=422 if wrong else 200)
