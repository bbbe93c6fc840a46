"""Bank statements: imported, and what they leave open is matched by hand."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel.forms import RefusedRow
from kernel.numbers import number
from kernel.xml import RefusedXmlError
from members.access import OrganisationRequest, for_roles
from members.confirming import confirmed
from members.models import Member
from members.roles import Role
from payouts.forms.finance import IgnoreForm, MatchForm, StatementForm
from payouts.masking import masked
from payouts.models import Movement, Payment, Statement
from payouts.selectors import statements as selectors
from payouts.selectors.ready import left_over
from payouts.sepa.camt import NotCamtError
from payouts.services import statements
from payouts.services.batching import EURO

PER_PAGE, MOST_OFFERED = 50, 200
MISFIT = gettext_lazy("This does not fit: look at the amounts, or somebody else decided on it meanwhile.")


@for_roles(Role.FINANCE)
@require_http_methods(["GET", "POST"])
@confirmed
def statement_list(request: OrganisationRequest) -> HttpResponse:
    """Statements that were imported, and movements that nothing was matched with; a file is imported here."""
    form = StatementForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (done := _import(request, form)):
        said = ngettext("%(new)d new movement", "%(new)d new movements", done.new) % {"new": done.new}
        matched = ngettext("%(count)d was matched.", "%(count)d were matched.", done.matched) % {"count": done.matched}
        known = ngettext("%(count)d was known already.", "%(count)d were known already.", done.known)
        messages.success(
            request, " ".join([f"{said}, {matched}", *([known % {"count": done.known}] if done.known else [])])
        )
        return redirect("statement_list", request.organisation.slug)
    return _page(request, form)


def _page(request: OrganisationRequest, form: StatementForm, refused: RefusedRow | None = None) -> HttpResponse:
    left = Movement.objects.filter(state=Movement.State.OPEN).order_by("on", "pk")
    page = Paginator(left, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "open": selectors.to_match(page, left_over(request.organisation, EURO, timezone.now())),
        "sales": [*selectors.open_sales()[:MOST_OFFERED], *selectors.settled_sales()[:MOST_OFFERED]],
        "statements": selectors.statements()[:24],
        "match_form": MatchForm(),
        "ignore_form": IgnoreForm(),
        "refused_row": refused,
    }
    return render(request, "payouts/statement_list.html", context, status=422 if form.errors or refused else 200)


def _import(request: OrganisationRequest, form: StatementForm) -> statements.Imported | None:
    """Import the file; None when it cannot be, which the form says then."""
    try:
        return statements.import_file(
            organisation=request.organisation,
            content=form.cleaned_data["file"].read(),
            by=request.member,
            at=timezone.now(),
        )
    except RefusedXmlError:
        form.add_error("file", _("This is no XML file that we read. Ask your bank for a statement as camt.053."))
    except NotCamtError as error:
        said = _("This is no camt.053 statement that we understand: look at “%(element)s” in it.")
        form.add_error("file", said % {"element": error})
    except statements.NotOurAccountError as error:
        said = _("It is about the account %(account)s, not about the one that payments leave from.")
        form.add_error("file", said % {"account": masked(str(error))})
    except statements.DoesNotAddUpError as error:
        said = _("Statement %(name)s does not add up: some of its movements are missing. Nothing was imported.")
        form.add_error("file", said % {"name": error})
    except statements.NotYetError as error:
        said = _("Statement %(name)s tells of a day that is still to come. Nothing was imported.")
        form.add_error("file", said % {"name": error})
    except statements.ImportedAlreadyError:
        form.add_error("file", _("Exactly this file was imported before; nothing was done."))
    return None


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def movement_match(request: OrganisationRequest, movement_id: int) -> HttpResponse:
    """Say what a movement is: a payment, what a member pays back, or invoices that it pays or gives back."""
    movement, form = _movement(movement_id), MatchForm(request.POST)
    try:
        if payment_id := number(request.POST.get("payment", "")):
            payment = Payment.objects.filter(pk=payment_id).first()
            if not payment:
                raise Http404
            statements.match_payment(movement=movement, payment=payment, by=request.member, at=timezone.now())
        elif member_id := number(request.POST.get("paid_back", "")):
            member = Member.objects.filter(pk=member_id).first()
            if not member:
                raise Http404
            statements.match_paid_back(
                organisation=request.organisation,
                movement=movement,
                member=member,
                by=request.member,
                at=timezone.now(),
            )
        elif form.is_valid():
            statements.match_sales(
                movement=movement,
                documents=form.documents,
                by=request.member,
                at=timezone.now(),
                keeps_rest=form.cleaned_data["keeps_rest"],
            )
        else:
            return _page(request, StatementForm(), RefusedRow(request.path, form))
    except statements.CannotBeMatchedError:
        if form.is_valid() and _movement(movement_id).state == Movement.State.OPEN:
            form.add_error("number", MISFIT)
            return _page(request, StatementForm(), RefusedRow(request.path, form))
        messages.error(request, MISFIT)
    except statements.OwnMoneyError:
        messages.error(request, _("This is about money or coins that go to you; someone else has to decide on it."))
    else:
        messages.success(request, _("Matched and booked."))
    return redirect("statement_list", request.organisation.slug)


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def movement_ignore(request: OrganisationRequest, movement_id: int) -> HttpResponse:
    """Say that a movement is about nothing here, and why."""
    movement, form = _movement(movement_id), IgnoreForm(request.POST)
    if not form.is_valid():
        return _page(request, StatementForm(), RefusedRow(request.path, form))
    try:
        because = form.cleaned_data["because"]
        statements.ignore(movement=movement, because=because, by=request.member, at=timezone.now())
    except statements.CannotBeMatchedError:
        messages.error(request, MISFIT)
    return redirect("statement_list", request.organisation.slug)


@for_roles(Role.FINANCE)
@require_safe
def statement_detail(request: OrganisationRequest, statement_id: int) -> HttpResponse:
    """What a statement told of, and what became of each movement."""
    statement = Statement.objects.select_related("imported_by").filter(pk=statement_id).first()
    if not statement:
        raise Http404
    page = Paginator(selectors.movements_of(statement), PER_PAGE).get_page(request.GET.get("page"))
    context = {"statement": statement, "before": selectors.gap_before(statement), "page": page}
    return render(request, "payouts/statement_detail.html", context)


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def movement_take_back(request: OrganisationRequest, movement_id: int) -> HttpResponse:
    """Say that a movement was matched with the wrong invoices, or put aside wrongly."""
    movement = _movement(movement_id)
    try:
        statements.take_back(movement=movement, by=request.member, at=timezone.now())
    except statements.OpenAlreadyError:
        messages.info(request, _("It was taken back already, and is open."))
    except statements.CannotBeTakenBackError:
        messages.error(
            request,
            _("This stands: it settled a payment, or a registration fee for which coins were given meanwhile."),
        )
    except statements.OwnMoneyError:
        messages.error(request, _("This is about money or coins that go to you; someone else has to decide on it."))
    else:
        messages.success(request, _("Taken back: it is open again, to be matched."))
        return redirect("statement_list", request.organisation.slug)
    return redirect("statement_detail", request.organisation.slug, movement.statement_id)


def _movement(movement_id: int) -> Movement:
    movement = Movement.objects.filter(pk=movement_id).first()
    if not movement:
        raise Http404
    return movement
