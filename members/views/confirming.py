"""The page on which somebody without a password says again who they are: by a code in a mail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kernel import limits
from members import confirming
from members.access import signed_in
from members.forms.people import CodeForm
from members.models import User

MAILS_AN_HOUR = 10


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Mail a code and ask for it."""
    user, form = request.user, CodeForm(request.POST or None)
    assert isinstance(user, User)
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, None):
        back = reverse("home")
    if request.method == "POST" and form.is_valid():
        if confirming.takes_code(request, user, form.cleaned_data["code"]):
            return redirect(back)
        form.refuse()
    if request.method == "GET" and limits.within("confirm", user.pk, MAILS_AN_HOUR, seconds=3600):
        confirming.send_code(request, user)
    return render(request, "members/confirm.html", {"form": form}, status=422 if form.errors else 200)
