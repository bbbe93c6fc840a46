"""Coins and the pot: for everybody what each earned and what a coin is worth; for finance, dividing it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel import limits
from kernel.exports import csv_file
from kernel.forms import RefusedRow
from kernel.money import ZERO
from members.access import OrganisationRequest, for_members, for_roles
from members.confirming import confirmed
from members.roles import Role
from payouts.forms.finance import ReasonForm
from payouts.forms.pots import AnswerForm, ObjectionForm, PublicityForm
from payouts.models import Pot, PotObjection
from payouts.selectors import pot as selectors
from payouts.selectors.pot import Standing
from payouts.services import dividing
from payouts.wording import NOT_DIVIDED
from referrals.models import Publicity
from referrals.services import activities
from referrals.services.beginning import NoProgrammeError

CLAIMS_A_DAY, OBJECTIONS_A_DAY = 10, 5
PER_PAGE = 100


@for_members
@require_safe
def pot_now(request: OrganisationRequest) -> HttpResponse:
    """The pot of the year that runs."""
    return _page(request, timezone.localdate().year)


@for_members
@require_safe
def pot_detail(request: OrganisationRequest, year: int) -> HttpResponse:
    """A year's pot: where each amount came from, who earned which coins, and what they bring."""
    return _page(request, year)


@for_members
@require_safe
def pot_csv(request: OrganisationRequest, year: int) -> HttpResponse:
    """A pot as a table, for anyone to add up: what came into it, and how it is divided."""
    found = selectors.standing(_known(year), request.member)
    return csv_file(f"pot-{year}", _rows(found))


@for_members
@require_http_methods(["GET", "POST"])
def publicity_claim(request: OrganisationRequest) -> HttpResponse:
    """Claim coins for publicity."""
    form = PublicityForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            limits.use("publicity", request.user.pk, CLAIMS_A_DAY, seconds=86400)
            activities.claim_publicity(by=request.member, at=timezone.now(), **form.cleaned_data)
        except limits.TooManyError:
            form.add_error(None, _("That is more than one can claim in a day. Go on tomorrow."))
        except activities.ClaimedAlreadyError:
            form.add_error("link", _("This link was claimed before."))
        except NoProgrammeError:
            form.add_error(None, _("No programme gives coins for publicity."))
        else:
            messages.success(request, _("Thank you. An administrator looks at it."))
            return redirect("pot_now", request.organisation.slug)
    return render(request, "payouts/publicity_form.html", {"form": form}, status=422 if form.errors else 200)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def publicity_decide(request: OrganisationRequest, publicity_id: int) -> HttpResponse:
    """Confirm publicity, or refuse it with a reason that the member reads."""
    publicity = Publicity.objects.select_related("case").filter(pk=publicity_id).first()
    if not publicity:
        raise Http404
    is_confirmed, form = "confirm" in request.POST, ReasonForm(request.POST)
    if not is_confirmed and not form.is_valid():
        return _page(request, timezone.localdate().year, refused_row=RefusedRow(request.path, form))
    said = "" if is_confirmed else form.cleaned_data["because"]
    try:
        activities.decide_publicity(
            publicity=publicity, is_confirmed=is_confirmed, said=said, by=request.member, at=timezone.now()
        )
    except activities.OwnClaimError:
        messages.error(request, _("These coins would be yours; another administrator decides on them."))
    except activities.DecidedAlreadyError:
        messages.warning(request, _("Somebody else decided on this meanwhile."))
    else:
        messages.success(request, _("Recorded."))
    return redirect("pot_now", request.organisation.slug)


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def pot_propose(request: OrganisationRequest, year: int) -> HttpResponse:
    """Propose to divide a year's pot."""
    return _divide(
        request,
        _known(year),
        _("Proposed. Members can object until then; afterwards somebody else closes it."),
        lambda at: dividing.propose(organisation=request.organisation, year=year, by=request.member, at=at),
    )


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def pot_close(request: OrganisationRequest, year: int) -> HttpResponse:
    """Divide it for good, or take the proposal back."""
    pot = _proposed(year)
    if "withdraw" in request.POST:
        return _divide(request, year, _("Taken back."), lambda _at: dividing.withdraw(pot=pot))
    divides = pot.worth is not None
    return _divide(
        request,
        year,
        _("Divided. Each share is paid as any other amount.") if divides else _("Closed. It goes on to the next year."),
        lambda at: dividing.close(organisation=request.organisation, pot=pot, by=request.member, at=at),
    )


@for_members
@require_POST
def pot_object(request: OrganisationRequest, year: int) -> HttpResponse:
    """A member objects to a division."""
    pot, form = _proposed(year), ObjectionForm(request.POST)
    if not limits.within("objection", request.user.pk, OBJECTIONS_A_DAY, seconds=86400):
        form.add_error(None, _("That is enough for a day. Go on tomorrow."))
    if not form.is_valid():
        return _page(request, year, objection_form=form)
    return _divide(
        request,
        year,
        _("Finance answers before the pot is divided."),
        lambda at: dividing.object_to(pot=pot, text=form.cleaned_data["text"], by=request.member, at=at),
    )


@for_roles(Role.FINANCE)
@require_POST
def pot_answer(request: OrganisationRequest, objection_id: int) -> HttpResponse:
    """Finance answers an objection."""
    objection = PotObjection.objects.select_related("pot").filter(pk=objection_id).first()
    if not objection:
        raise Http404
    form, year = AnswerForm(request.POST), objection.pot.year
    if not form.is_valid():
        return _page(request, year, refused_row=RefusedRow(request.path, form))
    text = form.cleaned_data["answer"]
    return _divide(
        request,
        year,
        _("Answered."),
        lambda at: dividing.answer(objection=objection, text=text, by=request.member, at=at),
    )


def _rows(found: Standing) -> list[list[object]]:
    """What came into a pot and how it is divided as a table with its head, each part with its sum."""
    came_in = _("came into it")
    divided = _("divided") if found.pot and found.pot.state == Pot.State.CLOSED else _("would be divided now")
    before = [[came_in, _("from earlier years"), "", found.brought_in]] if found.brought_in else []
    late = _("late, of a year that was closed")
    sources = [
        [
            came_in,
            " ".join(filter(None, [one.reference, one.title, f"({late})" if one.is_late else ""])),
            "",
            one.amount,
        ]
        for one in found.sources
    ]
    shares = [[divided, one.member.name, one.coins, one.amount] for one in found.shares]
    together = [divided, _("together"), found.coins, sum((one.amount for one in found.shares), ZERO)]
    return [
        [_("Part"), _("Of what, or whose"), _("Coins"), _("Amount (%(currency)s)") % {"currency": found.currency}],
        *before,
        *sources,
        [came_in, _("together"), "", found.total],
        *shares,
        *([together] if shares else []),
    ]


def _divide(request: OrganisationRequest, year: int, said: str, act: Any) -> HttpResponse:
    try:
        act(timezone.now())
    except dividing.CannotBeDividedError as error:
        messages.error(request, NOT_DIVIDED[str(error)])
    except dividing.FourEyesError:
        messages.error(request, _("Somebody else has to do this."))
    else:
        messages.success(request, said)
    return redirect("pot_detail", request.organisation.slug, year)


def _known(year: int) -> int:
    if year not in {*selectors.years(), timezone.localdate().year}:
        raise Http404
    return year


def _proposed(year: int) -> Pot:
    pot = selectors.pot_of(_known(year))
    if not pot:
        raise Http404
    return pot


def _pages(request: OrganisationRequest, found: Standing) -> Page[int]:
    """The page that is turned to of who has what, and of who earned which coins: both are turned at once."""
    rows = range(max(len(found.shares), len(found.earned)))
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def _page(request: OrganisationRequest, year: int, **bound: Any) -> HttpResponse:
    """A year's pot, with forms as they were filled in where something is wrong."""
    today, found = timezone.localdate(), selectors.standing(_known(year), request.member)
    page = _pages(request, found)
    shown = slice(page.start_index() - 1 if page else 0, page.end_index())
    context: dict[str, Any] = {
        "standing": found,
        "page": page,
        "shares": found.shares[shown],
        "earned": found.earned[shown],
        "own": next((share for share in found.shares if share.member.pk == request.member.pk), None),
        "years": sorted({*selectors.years(), today.year}, reverse=True),
        "pots": selectors.pots().filter(state=Pot.State.CLOSED).exclude(year=year),
        "is_over": year < today.year,
        "is_counting": selectors.is_counting(today),
        "has_publicity": activities.is_promised("publicity_confirmed", today),
        "is_open_to_objections": bool(
            found.pot and found.pot.state == "proposed" and today <= found.pot.objections_until
        ),
        "waiting": selectors.unconfirmed(year),
        "objection_form": ObjectionForm(),
        "answer_form": AnswerForm(),
        "reason_form": ReasonForm(),
    }
    return render(request, "payouts/pot.html", context | bound, status=422 if bound else 200)
