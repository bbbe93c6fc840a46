"""How the organisation invoices and pays: settings, the self-billing agreement, the words of its documents."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from members.access import OrganisationRequest, for_roles
from members.confirming import confirmed
from members.roles import Role
from payouts.forms.settings import AgreementTextForm, PayoutSettingsForm, SendingForm, WordsForm
from payouts.models import PayoutSettings
from payouts.selectors import agreements
from payouts.selectors.settings import payout_settings
from payouts.services import agreements as agreeing
from payouts.services import settings as services


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
@confirmed
def payout_settings_edit(request: OrganisationRequest) -> HttpResponse:
    """The account that payments leave from, and how documents are made out."""
    form = PayoutSettingsForm(
        request.POST or None, instance=payout_settings(), is_network=request.organisation.is_network
    )
    if request.method == "POST" and form.is_valid():
        services.save(organisation=request.organisation, fields=form.answers)
        messages.success(request, _("Saved."))
        return redirect("payout_settings", request.organisation.slug)
    return render(request, "payouts/settings.html", {"form": form}, status=422 if form.errors else 200)


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
@confirmed
def sending(request: OrganisationRequest) -> HttpResponse:
    """How invoices leave for Peppol, and the secret by which an access point knows that they are ours."""
    settings = payout_settings()
    form = SendingForm(request.POST or None, instance=payout_settings())
    if request.method == "POST" and form.is_valid():
        services.save_sending(organisation=request.organisation, fields=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("sending", request.organisation.slug)
    context = {"form": form, "secret": settings.access_point_secret}
    return render(request, "payouts/sending.html", context, status=422 if form.errors else 200)


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
@confirmed
def agreement_texts(request: OrganisationRequest) -> HttpResponse:
    """The self-billing agreement, version by version; the next one is published here."""
    standing = agreements.in_force(request.organisation)
    form = AgreementTextForm(request.POST or None, organisation=request.organisation, standing=standing)
    if request.method == "POST" and form.is_valid():
        agreeing.publish(
            organisation=request.organisation,
            texts=form.texts,
            days_to_contest=form.cleaned_data["days_to_contest"],
            by=request.member,
            at=timezone.now(),
        )
        messages.success(
            request, _("Published. Who agreed before stays bound by what they read, and is asked to read this.")
        )
        return redirect("agreement_texts", request.organisation.slug)
    context = {"form": form, "standing": standing, "versions": agreements.versions()}
    return render(request, "payouts/agreement_texts.html", context, status=422 if form.errors else 200)


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
@confirmed
def legal_words(request: OrganisationRequest) -> HttpResponse:
    """What documents say in law, in the organisation's own words."""
    settings: PayoutSettings = payout_settings()
    form = WordsForm(request.POST or None, organisation=request.organisation, words=settings.words)
    if request.method == "POST" and form.is_valid():
        services.save(organisation=request.organisation, fields={"words": form.words})
        messages.success(request, _("Saved. Documents that were issued stay as they are."))
        return redirect("legal_words", request.organisation.slug)
    return render(request, "payouts/legal_words.html", {"form": form}, status=422 if form.errors else 200)
