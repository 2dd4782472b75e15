"""`manage.py rebuild_rollups`: compute all totals anew from the entries."""

from typing import Any

from django.core.management.base import BaseCommand

from reports.rollups.models import Rollup
from reports.rollups.services import rebuild


class Command(BaseCommand):
    help = "Compute all totals anew from the entries."

    def handle(self, *args: Any, **options: Any) -> None:
        rebuild()
        self.stdout.write(f"{Rollup.objects.count()} totals stand.")
