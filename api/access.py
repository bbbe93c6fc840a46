"""Who a request comes from: the key it carries, and what that may do."""

from typing import Any

import pghistory
from django.http import HttpRequest
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication, exceptions, permissions
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel.models import Link
from kernel.tenancy import set_tenant
from members.models import ApiKey, User
from members.services import keys

SCHEME = "Bearer"


def link_of(request: HttpRequest) -> Link | None:
    """Return the link of the key that a request carries, before any organisation is entered."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return keys.find(token.strip(), timezone.now()) if scheme == SCHEME else None


class KeyAuthentication(authentication.BaseAuthentication):
    """Enters the organisation of the key, in the request's transaction; the address must name that organisation."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        link: Link | None = request.parser_context["view"].link
        if link is None:
            if request.headers.get("Authorization"):
                raise exceptions.AuthenticationFailed("This key is not known, or it was revoked.")
            return None
        slug = request.parser_context["kwargs"]["organisation"]
        if link.organisation.slug != slug:
            raise exceptions.NotFound
        set_tenant(link.organisation_id)
        key = ApiKey.objects.select_related("made_by__user").get(pk=link.target_id or 0)
        keys.note_use(key=key, on=timezone.localdate())
        pghistory.context(user=key.made_by.user_id, key=key.pk)
        return key.made_by.user, key

    def authenticate_header(self, request: Request) -> str:
        return SCHEME


class HasScope(permissions.BasePermission):
    """Whether the key may do this: a view names the scope of each method."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        wanted = view.scopes.get("GET" if request.method == "HEAD" else request.method)  # type: ignore[attr-defined]
        return isinstance(request.auth, ApiKey) and wanted in request.auth.scopes


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the schema says that requests carry a key."""

    target_class = "api.access.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A key that an administrator made."}
