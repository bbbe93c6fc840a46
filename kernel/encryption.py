"""Text that is encrypted in the database: account numbers and the like. The key is derived from the secret key."""

import base64
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models


class EncryptedText(models.TextField):  # type: ignore[type-arg]
    """A text that the database cannot read; empty stays empty. It cannot be searched or compared by the database."""

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return _keys().encrypt(text.encode()).decode() if text else text

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return _keys().decrypt(value).decode() if value else value


def _keys() -> MultiFernet:
    """The key of the secret key, and of those before it, with which older rows can still be read."""
    return _derived((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=4)
def _derived(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derive(secret))) for secret in secrets])


def _derive(secret: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"encrypted text").derive(secret.encode())


def keyed_hashes(text: str) -> list[bytes]:
    """Return a text's hash under the secret key, and under those before it: equal texts can be found, none can be read."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [hmac.digest(secret.encode(), text.encode(), "sha256") for secret in secrets]
