from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"

    def ready(self) -> None:
        from members import receivers, tasks  # noqa: F401 - registers what they handle
