"""Loads the Celery application with Django's, so that every process sends its hints to the same broker."""

from django.apps import AppConfig


class VoorspraakConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import celery  # noqa: F401
