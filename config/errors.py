"""Error pages: what happened, and what to do now."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _page(request, 400, _("This request makes no sense to us."), _("Go back and try again."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _page(
        request, 403, _("Your role does not include this."), _("An administrator can give you the role for it.")
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _page(request, 404, _("There is nothing here."), _("The address may be wrong, or what stood here is gone."))


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(
        request,
        500,
        _("Something went wrong on our side."),
        _("Nothing was saved. We have been told; try again in a minute."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open for too long."""
    return _page(request, 403, _("This page was open for too long."), _("Go back, reload it, and send it again."))


class StepMiddleware:
    """Lead who opens the address of a step back to the page that it is a step of: a form that was refused stands there, and a
    browser asks for it again when a tab is restored.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_opened = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and is_opened:
            return redirect(request.path.rstrip("/").rpartition("/")[0] + "/")
        return response


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
        return JsonResponse(said, status=status, content_type="application/problem+json")
    return render(request, "error.html", {"error_title": title, "error_text": text}, status=status)
