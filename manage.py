#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import secrets
import sys

# They read a file and print: no database, no people. They work on a machine where nothing is set up yet.
NEEDING_NO_PORTAL = {"read_document", "evaluate_reading"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doan_portal.settings")
    if NEEDING_NO_PORTAL.intersection(sys.argv[1:2]):
        os.environ.setdefault("DEBUG", "1")
        os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(64))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
