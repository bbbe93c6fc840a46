"""The demo's front door: enter as anyone, and read what was mailed. These routes exist in the demo only."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from demo import mailbox
from demo.people import STORIES
from members.access import public
from members.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everyone whom a visitor can be, by organisation, with what they come for."""
    return render(request, "demo/people.html", {"stories": STORIES})


@public
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the people of the demo, and as nobody else."""
    email = request.POST.get("email", "")
    story = next((story for story in STORIES if email in {person.email for person in story.people}), None)
    user = User.objects.filter(email=email).first() if story else None
    if not story or not user:
        raise Http404
    login(request, user, backend=BACKEND)
    record_authentication(request, user, method="code")
    return redirect("organisation_home", story.slug)


@public
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The mails that were sent, the newest first."""
    return render(request, "demo/outbox.html", {"mails": mailbox.newest()})


@public
@require_safe
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail, as text."""
    found = mailbox.read(name)
    if not found:
        raise Http404
    return render(request, "demo/mail.html", {"mail": found})
