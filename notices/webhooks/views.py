"""Webhooks: the systems that are told, and what was sent to them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kernel import limits
from members.access import OrganisationRequest, for_roles
from members.confirming import confirmed
from members.roles import Role
from notices.models import Delivery, Webhook
from notices.webhooks import services
from notices.webhooks.forms import NewWebhookForm, WebhookForm

ROWS = 50
TESTS_AN_HOUR = 30


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
@confirmed
def webhook_list(request: OrganisationRequest) -> HttpResponse:
    """Every webhook, and a new one."""
    form = NewWebhookForm(request.POST or None, is_network=request.organisation.is_network)
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        try:
            made = services.add_webhook(by=request.member, at=timezone.now(), **entered)
        except services.TooManyError:
            form.add_error(None, _("Ten addresses are enough; remove one first."))
        else:
            return redirect("webhook_detail", request.organisation.slug, made.pk)
    context = {"form": form, "webhooks": Webhook.objects.order_by("pk")}
    return render(request, "notices/webhook_list.html", context, status=422 if form.errors else 200)


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
@confirmed
def webhook_detail(request: OrganisationRequest, webhook_id: int) -> HttpResponse:
    """A webhook: its secret, what it is told, and the log of what was sent."""
    webhook = _webhook(webhook_id)
    form = WebhookForm(request.POST or None, instance=_webhook(webhook_id), is_network=request.organisation.is_network)
    if request.method == "POST" and form.is_valid():
        services.change_webhook(webhook=webhook, fields=form.cleaned_data)
        messages.success(request, _("Saved."))
        return _back(request, webhook)
    log = Delivery.objects.filter(webhook=webhook).order_by("-noted_at", "-pk")
    context: dict[str, Any] = {"webhook": webhook, "form": form}
    context["page"] = Paginator(log, ROWS).get_page(request.GET.get("page"))
    return render(request, "notices/webhook_detail.html", context, status=422 if form.errors else 200)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def webhook_test(request: OrganisationRequest, webhook_id: int) -> HttpResponse:
    """Send a test."""
    webhook = _webhook(webhook_id)
    if not webhook.is_active:
        messages.warning(request, _("It is switched off; switch it on first."))
    elif not limits.within("webhook-test", request.organisation.pk, TESTS_AN_HOUR, seconds=3600):
        messages.warning(request, _("That is more than can be tested in an hour. Go on later."))
    else:
        services.send_test(webhook=webhook, at=timezone.now())
        messages.success(request, _("A test is on its way; the log says what came of it."))
    return _back(request, webhook)


@for_roles(Role.ADMINISTRATOR)
@require_POST
@confirmed
def webhook_remove(request: OrganisationRequest, webhook_id: int) -> HttpResponse:
    """Forget a webhook and its log."""
    services.remove_webhook(webhook=_webhook(webhook_id))
    messages.success(request, _("Nothing is sent there any more."))
    return redirect("webhook_list", request.organisation.slug)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def delivery_retry(request: OrganisationRequest, webhook_id: int, delivery_id: int) -> HttpResponse:
    """Try a delivery once more."""
    found = Delivery.objects.filter(pk=delivery_id, webhook=webhook_id).first()
    if not found:
        raise Http404
    services.retry(delivery=found)
    messages.success(request, _("It is tried once more now."))
    return redirect("webhook_detail", request.organisation.slug, webhook_id)


def _webhook(webhook_id: int) -> Webhook:
    found = Webhook.objects.filter(pk=webhook_id).first()
    if not found:
        raise Http404
    return found


def _back(request: OrganisationRequest, webhook: Webhook) -> HttpResponse:
    return redirect("webhook_detail", request.organisation.slug, webhook.pk)
