"""Business leads: a member brings in a client, the recruiter records that it signed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel import limits
from kernel.forms import RefusedRow
from members.access import OrganisationRequest, for_members, for_roles
from members.roles import Role
from programmes import selectors as programmes
from referrals.forms.cases import EndForm, LeadForm, WonForm
from referrals.models import Case
from referrals.pipeline import Stage
from referrals.selectors import boards
from referrals.services import leads, moves
from referrals.services.beginning import NoProgrammeError
from referrals.views.moving import taken

LEADS_A_DAY = 20
LEADS_A_PAGE = 30


@for_members
@require_http_methods(["GET", "POST"])
def lead_new(request: OrganisationRequest) -> HttpResponse:
    """The form for bringing in a client, with what it would earn beside it."""
    form = LeadForm(request.POST or None)
    if request.method == "POST" and not limits.within("lead", request.user.pk, LEADS_A_DAY, seconds=86400):
        form.add_error(None, _("That is more than one can bring in in a day. Go on tomorrow."))
    if request.method == "POST" and form.is_valid():
        try:
            case = leads.bring_in(by=request.member, at=timezone.now(), **form.cleaned_data)
        except leads.AlreadyBroughtInError:
            form.add_error("client_name", _("This company is a client already, or someone brought it in before."))
        except NoProgrammeError:
            form.add_error(None, _("There is no programme for bringing in clients."))
        else:
            return redirect("referral_detail", request.organisation.slug, case.reference)
    context = {"form": form, "versions": programmes.in_force("lead", timezone.localdate())}
    return render(request, "referrals/lead_form.html", context, status=422 if form.errors else 200)


@for_roles(Role.RECRUITER)
@require_safe
def lead_list(request: OrganisationRequest) -> HttpResponse:
    """Leads under way, and those that were decided."""
    return _page(request)


def _page(request: OrganisationRequest, refused: RefusedRow | None = None) -> HttpResponse:
    context = {
        "page": Paginator(boards.leads(), LEADS_A_PAGE).get_page(request.GET.get("page")),
        "won_form": WonForm(),
        "end_form": EndForm(),
        "refused_row": refused,
    }
    return render(request, "referrals/lead_list.html", context, status=422 if refused else 200)


@for_roles(Role.RECRUITER)
@require_POST
def lead_decide(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Record that the client signed, or that nothing comes of it."""
    case = Case.objects.filter(reference=reference, kind="lead").select_related("client").first()
    if not case:
        raise Http404
    what = request.POST.get("what")
    if what not in ("won", "closed"):
        raise Http404
    won = what == "won"
    form = WonForm(request.POST) if won else EndForm(request.POST)
    if not form.is_valid():
        return _page(request, RefusedRow(f"{request.path}#{what}", form))
    now = timezone.now()
    try:
        if won:
            leads.win(case=case, by=request.member, at=now, **form.cleaned_data)
        else:
            on = timezone.localdate(now)
            moves.end(case=case, how=Stage.CLOSED, on=on, by=request.member, at=now, **form.cleaned_data)
    except moves.MovedMeanwhileError as moved:
        messages.warning(request, taken(moved))
    else:
        messages.success(request, _("Recorded."))
    return redirect("lead_list", request.organisation.slug)
