from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"

    def ready(self) -> None:
        from notices import receivers, tasks  # noqa: F401 - registers what they handle
        from notices.webhooks import receivers as webhooks  # noqa: F401 - the same
