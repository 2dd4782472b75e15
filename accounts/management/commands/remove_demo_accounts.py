"""`manage.py remove_demo_accounts`: a database that was a demo may go on as an office's own."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.first_people import retire_demo_accounts


class Command(BaseCommand):
    help = "Takes the demo's accounts out of use: nobody signs in with them any more, their roles end, history stays."

    def handle(self, *args: Any, **options: Any) -> None:
        count = retire_demo_accounts()
        self.stdout.write(f"{count} demo accounts were taken out of use." if count else "There is no demo account.")
