"""Whether this process lives, whether it can serve, and its figures."""

import hmac
import os
from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from kernel.models import Work
from members.access import public


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@public
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@public
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures of all processes of this machine, for whoever has the token; for anyone in the demo."""
    token = settings.METRICS_TOKEN or ""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.DEMO and not (token and hmac.compare_digest(given.encode(), token.encode())):
        raise Http404
    registry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    waiting = CollectorRegistry()
    waiting.register(_Waiting())
    return HttpResponse(generate_latest(registry) + generate_latest(waiting), content_type=CONTENT_TYPE_LATEST)


class _Waiting:
    """Work that is due and not done: how much, and for how long the oldest has waited."""

    def collect(self) -> Iterator[Metric]:
        now = timezone.now()
        count = GaugeMetricFamily("voorspraak_work_due", "Notes of work that is due", labels=["kind"])
        oldest = GaugeMetricFamily("voorspraak_work_oldest_seconds", "Age of the oldest of them", labels=["kind"])
        due = Work.objects.filter(due_at__lte=now).values_list("kind")
        for kind, number, first in due.annotate(number=Count("pk"), first=Min("due_at")):
            count.add_metric([kind], number)
            oldest.add_metric([kind], (now - first).total_seconds())
        yield count
        yield oldest
