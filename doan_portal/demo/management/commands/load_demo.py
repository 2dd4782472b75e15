"""``manage.py load_demo``: the demonstration year, loaded once."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from activities.models import Activity, Participation
from doan_portal.demo.loading import Refused, load
from plans.models import Plan
from reports.progress.models import ProgressEntry, ProgressReport
from targets.models import Allocation, Target
from units.models import Unit


class Command(BaseCommand):
    help = (
        "Load the demonstration year 2024: two bodies, their plans and nine months of reports. "
        "A second run changes nothing; an interrupted one is finished. Demo mode (DEMO=1) only."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="say nothing unless something is wrong")

    def handle(self, *args: Any, quiet: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo is loaded in demo mode only (DEMO=1): its accounts have a public password.")
        try:
            loaded = load(tell=self._silence if quiet else self._tell)
        except Refused as error:
            raise CommandError(
                "The database holds another organisation; the demo is not mixed into it. Use an empty database."
            ) from error
        if not quiet:
            self._tell(_summary() if loaded else "The demo is loaded already; nothing was changed.")

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _silence(self, line: str) -> None:
        """What --quiet does with a line."""


def _summary() -> str:
    """What stands in the database now, in one paragraph."""
    states = ProgressReport.objects.values_list("state").annotate(count=Count("pk")).order_by("state")
    reports = ", ".join(f"{count} {state}" for state, count in states)
    return (
        f"Loaded: {Unit.objects.count()} bodies, {Plan.objects.count()} plans with {Target.objects.count()} targets, "
        f"{Allocation.objects.count()} shares handed down, {Activity.objects.count()} activities with "
        f"{Participation.objects.count()} outcomes, {ProgressEntry.objects.count()} figures in monthly reports "
        f"({reports})."
    )
