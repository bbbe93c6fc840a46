"""Rewards: what members redeem their points for, who decides on it, and the catalogue."""

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
from members.confirming import confirmed
from members.roles import Role
from payouts.forms.rewards import CatalogueItemForm, DecideForm, RedeemForm
from payouts.models import CatalogueItem, Redemption
from payouts.selectors import points
from payouts.services import points as services

PER_PAGE = 50
A_DAY = 20


@for_members
@require_safe
def rewards(request: OrganisationRequest) -> HttpResponse:
    """What the member saved, what it can be redeemed for, and what moved it."""
    context = {
        "balance": points.balance_of(request.member),
        "items": points.offered(),
        "redemptions": points.redemptions().filter(member=request.member),
        "page": Paginator(points.movements_of(request.member), PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "payouts/rewards.html", context)


@for_members
@require_http_methods(["GET", "POST"])
def redeem(request: OrganisationRequest, item_id: int) -> HttpResponse:
    """Redeem points for something."""
    item = points.offered().filter(pk=item_id).first()
    if not item:
        raise Http404
    form = RedeemForm(request.POST or None, initial={"points": item.points})
    if request.method == "POST" and not limits.within("redeem", request.member.pk, A_DAY, seconds=86400):
        messages.warning(request, _("That is more than can be asked for in a day. Go on tomorrow."))
        return redirect("rewards", request.organisation.slug)
    if request.method == "POST" and form.is_valid():
        seen, wish = form.cleaned_data["points"], form.cleaned_data["wish"]
        try:
            services.redeem(item=item, by=request.member, points=seen, wish=wish, at=timezone.now())
        except services.PriceChangedError:
            messages.warning(request, _("Its price has changed. Look at it again."))
            return redirect("redeem", request.organisation.slug, item.pk)
        except services.AskedAlreadyError:
            messages.warning(request, _("You asked for this already; somebody decides on it."))
        except services.NotEnoughError:
            messages.error(request, _("It costs more points than you have."))
        except services.NotOfferedError:
            messages.error(request, _("It is out of stock, or not offered any more."))
        else:
            messages.success(request, _("Asked for. You hear as soon as somebody decided."))
        return redirect("rewards", request.organisation.slug)
    context = {"item": item, "form": form, "balance": points.balance_of(request.member)}
    return render(request, "payouts/redeem.html", context, status=422 if form.errors else 200)


@for_members
@require_POST
def withdraw(request: OrganisationRequest, redemption_id: int) -> HttpResponse:
    """Take back what was asked for, while nobody decided."""
    found = Redemption.objects.filter(pk=redemption_id, member=request.member).first()
    if not found:
        raise Http404
    try:
        services.withdraw(redemption=found, by=request.member, at=timezone.now())
    except services.DecidedAlreadyError:
        messages.warning(request, _("Somebody decided on this meanwhile."))
    else:
        messages.success(request, _("Withdrawn. Your points are back."))
    return redirect("rewards", request.organisation.slug)


@for_members
@require_safe
def redemption_list(request: OrganisationRequest) -> HttpResponse:
    """What members ask for, for who decides on it."""
    return _list(request)


@for_members
@require_POST
@confirmed
def redemption_decide(request: OrganisationRequest, redemption_id: int) -> HttpResponse:
    """Grant or refuse."""
    found, form = points.decidable(request.member).filter(pk=redemption_id).first(), DecideForm(request.POST)
    if not found:
        raise Http404
    if not form.is_valid():
        return _list(request, RefusedRow(request.path, form))
    is_granted, said = form.cleaned_data["is_granted"] == "yes", form.cleaned_data["said"]
    try:
        services.decide(redemption=found, is_granted=is_granted, said=said, by=request.member, at=timezone.now())
    except services.DecidedAlreadyError:
        messages.warning(request, _("Somebody else decided on this meanwhile."))
    else:
        messages.success(request, _("The member was told."))
    return redirect("redemption_list", request.organisation.slug)


def _list(request: OrganisationRequest, refused: RefusedRow | None = None) -> HttpResponse:
    found = points.decidable(request.member)
    if not request.member.is_finance and not found.exists():
        raise Http404
    context = {
        "waiting": found.filter(state=Redemption.State.ASKED).order_by("asked_at"),
        "decide_form": DecideForm(),
        "refused_row": refused,
        "page": Paginator(found.exclude(state=Redemption.State.ASKED), PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "payouts/redemption_list.html", context, status=422 if refused else 200)


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
@confirmed
def catalogue(request: OrganisationRequest) -> HttpResponse:
    """What points can be redeemed for, and a new one."""
    form = CatalogueItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.save_item(item=None, fields=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("catalogue", request.organisation.slug)
    context = {"form": form, "items": points.catalogue()}
    return render(request, "payouts/catalogue.html", context, status=422 if form.errors else 200)


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
@confirmed
def catalogue_item(request: OrganisationRequest, item_id: int) -> HttpResponse:
    """Change something of the catalogue."""
    item = CatalogueItem.objects.filter(pk=item_id).first()
    if not item:
        raise Http404
    form = CatalogueItemForm(request.POST or None, instance=item)
    if request.method == "POST" and form.is_valid():
        # Only what was changed: the stock may have shrunk since the form was shown.
        services.save_item(item=item, fields={name: form.cleaned_data[name] for name in form.changed_data})
        messages.success(request, _("Saved."))
        return redirect("catalogue", request.organisation.slug)
    return render(
        request, "payouts/catalogue_item.html", {"form": form, "item": item}, status=422 if form.errors else 200
    )
