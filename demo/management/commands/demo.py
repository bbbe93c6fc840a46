"""`manage.py demo`: fills an empty database with the demo's organisations; does nothing when they are there."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from demo import agency, company, network
from members.models import Organisation


class Command(BaseCommand):
    help = "Fill an empty database with the demo's organisations."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo's people can be entered by anyone; production has none of them.")
        if Organisation.objects.exists():
            return
        with transaction.atomic():
            today = timezone.localdate()
            agency.load(today)
            network.load(today)
            company.load(today)
        self.stdout.write("The demo's organisations are there.")
