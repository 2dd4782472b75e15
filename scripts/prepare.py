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
from django.core.management import CommandError, call_command


def ask_for_first_administrator() -> None:
    """The first account of an empty portal; without a terminal, the line to type instead."""
    from accounts.models import User

    if User.objects.filter(is_superuser=True, is_active=True).exists():
        return
    if sys.stdin.isatty():
        print("The portal has no administrator yet. The first one:")
        while True:
            try:
                call_command("create_administrator")
                return
            except CommandError as refusal:
                print(f"{refusal}\nOnce more (Ctrl-C leaves):")
    print(
        "The portal has no administrator yet. Type in a terminal: DEMO=0 scripts/manage create_administrator",
        flush=True,
    )


def main() -> None:
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    if settings.DEMO:
        call_command("load_demo")  # once; a load that was interrupted is finished
    else:
        ask_for_first_administrator()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
