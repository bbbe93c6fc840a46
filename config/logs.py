"""Logs: one line an event, as JSON in production; no keys in them, and what belongs to one request can be found together."""

import logging
import re
import secrets
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

KEY = re.compile(r"/(c|o|join)/[^/\s'\"]+")
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class WithoutKeys(logging.Filter):
    """Replaces the tokens of links in what is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = KEY.sub(r"/\1/…", record.getMessage()), ()
        return True


class RequestIdMiddleware:
    """Marks every line that a request logs with one id; the proxy's, where it sends one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response


def settings(as_json: bool) -> dict[str, Any]:
    """Return Django's LOGGING."""
    shared = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    last = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
            }
        },
        "filters": {"without_keys": {"()": "config.logs.WithoutKeys"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines", "filters": ["without_keys"]}},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            "django.request": {"level": "ERROR"},
            "weasyprint": {"level": "ERROR"},
            "fontTools": {"level": "ERROR"},
        },
    }
