"""The member's pages: recommend someone, and see where it stands."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel import limits
from members.access import OrganisationRequest, for_members
from programmes import selectors as programmes
from referrals import addresses
from referrals.forms.cases import RecommendForm
from referrals.models import Candidate, Case
from referrals.pipeline import RECOMMENDED
from referrals.selectors import boards, people, tracking
from referrals.services import curricula, submission
from referrals.services.beginning import NoProgrammeError

PER_PAGE = 20
CHECKS_AN_HOUR = 60


@for_members
@require_safe
def home(request: OrganisationRequest) -> HttpResponse:
    """To where someone's work is."""
    if request.member.is_recruiter and request.organisation.recruits:
        return redirect("inbox", request.organisation.slug)
    name = "referral_list" if request.organisation.recruits else "opportunity_list"
    return redirect(name, request.organisation.slug)


@for_members
@require_safe
def referral_list(request: OrganisationRequest) -> HttpResponse:
    """The member's own cases and what they bring; `?part` asks for the list alone, again and again."""
    own = tracking.cases_of(request.member.pk).filter(kind__in=RECOMMENDED)
    page = Paginator(own, PER_PAGE).get_page(request.GET.get("page"))
    tracked = tracking.track(page, timezone.localdate(), request.organisation.country)
    context = {
        "page": page,
        "tracked": tracked,
        "totals": tracking.totals(tracked),
        "leads_welcome": bool(programmes.in_force("lead", timezone.localdate())),
    }
    part = request.htmx and request.htmx.target == "referrals"
    return render(request, "referrals/referral_list.html" + ("#referrals" if part else ""), context)


@for_members
@require_safe
def referral_detail(request: OrganisationRequest, reference: str) -> HttpResponse:
    """One of the member's own cases: where it stands, what it brings, and why."""
    case = tracking.cases_of(request.member.pk).filter(reference=reference).first()
    if not case:
        raise Http404
    if case.kind not in RECOMMENDED:
        return redirect(addresses.of_case(case, request.organisation.slug))
    (tracked,) = tracking.track([case], timezone.localdate(), request.organisation.country)
    context = {"tracked": tracked, "case": case, "reasons": tracking.reasons_to_read(case)}
    part = request.htmx and request.htmx.target == "referral"
    return render(request, "referrals/referral_detail.html" + ("#referral" if part else ""), context)


@for_members
@require_http_methods(["GET", "POST"])
def recommend(request: OrganisationRequest) -> HttpResponse:
    """The form, with what it would earn beside it."""
    initial = {"opening": request.GET.get("opening"), "language": request.organisation.language}
    form = RecommendForm(
        request.POST or None,
        request.FILES or None,
        initial=initial,
        openings=boards.openings(),
        languages=request.organisation.languages,
        auto_id="%s",
    )
    if request.method == "POST" and form.is_valid():
        if not limits.within("recommend", request.user.pk, submission.MOST_A_DAY, seconds=86400):
            form.add_error(None, _("That is more than one can recommend in a day. Go on tomorrow."))
        elif case := _submit(request, form):
            return redirect("referral_detail", request.organisation.slug, case.reference)
    context = {"form": form, "versions": programmes.in_force("referral", timezone.localdate())}
    return render(request, "referrals/recommend.html", context, status=422 if form.is_bound else 200)


@for_members
@require_POST
def check(request: OrganisationRequest) -> HttpResponse:
    """Say whether a person can still be recommended, and never from whom it is known."""
    email = request.POST.get("email", "").strip()[:254]
    if "@" not in email or "\0" in email:
        return render(request, "referrals/_check.html")
    allowed = limits.within("check", request.user.pk, CHECKS_AN_HOUR, seconds=3600)
    answer = _can_be_recommended(request, email) if allowed else "limited"
    return render(request, "referrals/_check.html", {"answer": answer})


def _can_be_recommended(request: OrganisationRequest, email: str) -> str:
    versions = programmes.in_force("referral", timezone.localdate())
    if not versions:
        return "no_programme"
    if people.open_case_of(request.member, email):
        return "own"
    person = Candidate(email=email)
    history = people.history(person, timezone.localdate(), versions[0].rule_set.duplicates, request.member)
    return "known" if history.known or history.owned_by else "unknown"


def _submit(request: OrganisationRequest, form: RecommendForm) -> Case | None:
    fields = {name: form.cleaned_data[name] for name in ("name", "email", "phone", "linkedin", "language", "known_as")}
    now = timezone.now()
    try:
        case, _link = submission.recommend(
            organisation=request.organisation,
            person=submission.Person(**fields),
            opening=form.cleaned_data["opening"],
            by=request.member,
            at=now,
        )
    except submission.AlreadyRecommendedError:
        form.add_error("email", _("You recommended this person already; the case is still running."))
        return None
    except submission.NoContactError:
        form.add_error("email", _("This person asked not to be approached by this organisation again."))
        return None
    except NoProgrammeError:
        form.add_error(None, _("There is no referral programme in force yet. Ask an administrator to publish one."))
        return None
    if form.cleaned_data["cv"] and case.candidate:
        curricula.keep(candidate=case.candidate, upload=form.cleaned_data["cv"], at=now)
    return case
