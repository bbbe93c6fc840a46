"""Errors as problem details (RFC 9457): a title, a status, and for each wrong field what is wrong."""

from collections.abc import Iterator
from typing import Any

from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

MEDIA_TYPE = "application/problem+json"


class Conflict(exceptions.APIException):
    """What is asked does not go together with what there is."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = "This does not go together with what there is."
    default_code = "conflict"


class OtherRequest(exceptions.APIException):
    """An idempotency key was used for another request before."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_detail = "This idempotency key was used for another request."
    default_code = "key_used"


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer with what is wrong; None for what is a mistake of ours."""
    response = exception_handler(error, context)
    if response is None:
        return None
    said: dict[str, Any] = {"type": "about:blank", "status": response.status_code}
    if isinstance(error, exceptions.ValidationError):
        said |= {"title": "The request is not valid.", "errors": list(_errors(response.data))}
    else:
        detail = response.data.get("detail", "")
        said |= {"title": str(detail), "code": getattr(detail, "code", "error")}
    response.data, response.content_type = said, MEDIA_TYPE
    return response


def _errors(data: Any, path: str = "") -> Iterator[dict[str, str]]:
    """Yield every error with the path of its field."""
    if isinstance(data, dict):
        for name, inner in data.items():
            yield from _errors(inner, f"{path}.{name}".lstrip("."))
    elif isinstance(data, list):
        for number, inner in enumerate(data):
            yield from _errors(inner, path if isinstance(inner, str) else f"{path}.{number}".lstrip("."))
    else:
        yield {"field": path, "detail": str(data), "code": getattr(data, "code", "invalid")}
