"""Our own addresses, and bare pages with the same rows to measure them against."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns
from kernel.tenancy import tenant
from members.access import public
from members.models import Membership
from referrals.models import Case

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

TABLE = """<!doctype html><title>Bare</title><p>{{ user.email }}</p><table>{% for case in cases %}<tr>
<td>{{ case.candidate.name }}</td><td>{{ case.stage }}</td><td>{{ case.stage_since }}</td><td>{{ case.reference }}</td>
<td>{{ case.introducer.name }}</td><td>{{ case.recruiter.name }}</td></tr>{% endfor %}</table>"""


@public
def bare(request: HttpRequest, rows: int) -> HttpResponse:
    """So many cases in a table, for whoever is signed in: what any page of Django costs at least."""
    membership = Membership.objects.select_related("organisation").get(user=request.user.pk)
    with tenant(membership.organisation_id):
        related = Case.objects.select_related("candidate", "introducer", "recruiter", "opening__client")
        cases = related.filter(is_over=False).order_by("-stage_since", "-pk")[:rows]
        page = engines["django"].from_string(TABLE)
        return HttpResponse(page.render({"cases": cases, "user": request.user}, request))


urlpatterns = [*urlpatterns, path("p/bare/<int:rows>/", bare)]
