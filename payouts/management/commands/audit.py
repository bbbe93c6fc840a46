"""`manage.py audit`: recomputes everything, prints each difference, and exits with 1 if there is one."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kernel.tenancy import tenant
from members.models import Organisation
from payouts.selectors.auditing.everything import differences


class Command(BaseCommand):
    help = "Recompute every case and every balance and compare them with what is stored."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", nargs="?", help="one organisation's name in addresses; all of them without")

    def handle(self, *args: Any, organisation: str | None, **options: Any) -> None:
        wanted = Organisation.objects.order_by("slug")
        found = 0
        for one in wanted.filter(slug=organisation) if organisation else wanted:
            with tenant(one.pk):
                for difference in differences():
                    found += 1
                    self.stdout.write(f"{one.slug}: {difference}")
        self.stdout.write(f"{found} differences.")
        if found:
            sys.exit(1)
