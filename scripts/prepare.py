"""Makes the database ready before the portal starts: tables, then the demo province or the first administrator.

Called by serve.py. One process for all of it, because starting Django is most of the time that it takes.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doan_portal.settings")

import django
from django.conf import settings
from django.core.management import call_command


def load_demo_once() -> None:
    from accounts.models import User

    if not User.objects.filter(is_demo=True).exists():
        print("Loading the demo province …", flush=True)
        call_command("load_demo")


def ask_for_first_administrator() -> None:
    """The first account of an empty portal; without a terminal, the line to type instead."""
    from accounts.models import User

    if User.objects.filter(is_superuser=True, is_active=True).exists():
        return
    if sys.stdin.isatty():
        print("The portal has no administrator yet. The first one:")
        call_command("createsuperuser")
        return
    print("The portal has no administrator yet. Type in a terminal: DEMO=0 scripts/manage createsuperuser", flush=True)


def main() -> None:
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    if settings.DEMO:
        load_demo_once()
    else:
        ask_for_first_administrator()


if __name__ == "__main__":
    main()
