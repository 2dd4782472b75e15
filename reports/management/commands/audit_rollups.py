"""`manage.py audit_rollups`: hold all totals against the entries; exit code 1 where any differs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.rollups.audit import audit_rollups
from reports.rollups.nightly import keep_audit


class Command(BaseCommand):
    help = "Recompute all totals from the entries by another way and list every difference (exit code 1 if any)."

    def handle(self, *args: Any, **options: Any) -> None:
        differences = audit_rollups()
        keep_audit(differences, timezone.localdate())
        for difference in differences:
            self.stdout.write(str(difference))
        if differences:
            raise CommandError(f"{len(differences)} totals differ from the entries.")
        self.stdout.write("The totals agree with the entries.")
