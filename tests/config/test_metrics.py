"""Figures, for whoever has the token."""

import pytest
from django.test import Client, override_settings

from kernel import work
from kernel.tenancy import tenant
from members.models import Organisation

TOKEN = "a-token-of-twenty-characters"


def test_figures_tell_of_work_that_waits(organisation: Organisation) -> None:
    with tenant(organisation.pk):
        work.add(organisation.pk, "assess")
    text = Client().get("/metrics").content.decode()
    assert 'voorspraak_work_due{kind="assess"} 1.0' in text
    assert "django_http_requests_before_middlewares_total" in text


@pytest.mark.parametrize(
    ("configured", "given", "status"), [(TOKEN, TOKEN, 200), (TOKEN, "another", 404), (None, "", 404), (TOKEN, "", 404)]
)
def test_outside_the_demo_figures_ask_for_the_token(db: None, configured: str | None, given: str, status: int) -> None:
    with override_settings(DEMO=False, METRICS_TOKEN=configured):
        assert Client().get("/metrics", headers={"Authorization": f"Bearer {given}"}).status_code == status


def test_a_request_is_marked_and_keeps_the_proxys_mark(db: None) -> None:
    assert (
        Client().get("/healthz", headers={"X-Request-ID": "abcdef-123456"}).headers["X-Request-ID"] == "abcdef-123456"
    )
    assert len(Client().get("/healthz", headers={"X-Request-ID": "<script>"}).headers["X-Request-ID"]) == 16
