"""What the environment says, read once and checked: nonsense stops the start, in words."""

import os
from typing import Annotated
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

DEMO_KEY = "the-demo-needs-no-secret-and-production-refuses-this-one"


def _words(value: object) -> object:
    return [word.strip() for word in value.split(",") if word.strip()] if isinstance(value, str) else value


Words = Annotated[list[str], BeforeValidator(_words)]


class Environment(BaseModel):
    """The settings of one installation, by the names of their environment variables in lower case."""

    model_config = ConfigDict(frozen=True)

    demo: bool = False
    debug: bool = False
    secret_key: str = DEMO_KEY
    secret_key_fallbacks: Words = []
    site_url: str = Field("http://127.0.0.1:8000", pattern=r"^https?://[^/]+$")
    allowed_hosts: Words = []
    trusted_proxies: int = Field(0, ge=0, le=5)
    database_url: str = "postgresql://app@/voorspraak"
    database_owner_url: str | None = None
    database_role: str = Field("app", pattern="^(app|owner)$")
    database_pool: int = Field(8, ge=1, le=100)
    redis_url: str = "redis://127.0.0.1:6379/0"
    email_url: str | None = Field(None, pattern=r"^smtps?://")
    email_from: str = "Voorspraak <no-reply@voorspraak.example>"
    media_root: str | None = None
    outgoing_root: str | None = None
    webhook_networks: Words = []
    metrics_token: str | None = Field(None, min_length=20)

    @model_validator(mode="after")
    def _safe_in_production(self) -> "Environment":
        if self.demo:
            return self
        if self.secret_key == DEMO_KEY or len(self.secret_key) < 50:
            raise ValueError("SECRET_KEY must be set to at least 50 random characters (DEMO=1 for the demo)")
        if not self.site_url.startswith("https://"):
            raise ValueError("SITE_URL must be an https address")
        if self.debug:
            raise ValueError("DEBUG is only for the demo")
        return self

    @property
    def host(self) -> str:
        """The host name of SITE_URL."""
        return urlsplit(self.site_url).hostname or ""

    def email(self) -> dict[str, object]:
        """Return Django's settings for EMAIL_URL: smtp://user:password@host:port, smtps:// for TLS from the start."""
        if not self.email_url:
            return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
        url = urlsplit(self.email_url)
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": url.hostname or "localhost",
            "EMAIL_PORT": url.port or (465 if url.scheme == "smtps" else 587),
            "EMAIL_HOST_USER": unquote(url.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
            "EMAIL_USE_SSL": url.scheme == "smtps",
            "EMAIL_USE_TLS": url.scheme == "smtp" and bool(url.username),
        }


def read() -> Environment:
    """Return the environment's settings; ImproperlyConfigured names each variable that makes no sense."""
    known = {name: os.environ[name.upper()] for name in Environment.model_fields if os.environ.get(name.upper())}
    try:
        return Environment.model_validate(known)
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, one['loc'])).upper() or '-'}: {one['msg']}" for one in error.errors()]
        raise ImproperlyConfigured("\n".join(lines)) from None
