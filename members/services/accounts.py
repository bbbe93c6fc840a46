"""Accounts: how the product speaks to someone."""

from members.models import User


def set_language(*, user: User, language: str) -> None:
    """Have the product speak another language to an account."""
    User.objects.filter(pk=user.pk).update(language=language)
