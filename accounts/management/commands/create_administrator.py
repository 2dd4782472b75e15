"""`manage.py create_administrator`: who runs an empty portal, and the unit at its top where there is none yet."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.first_people import create_administrator, create_topmost_unit, topmost_units
from core import clock
from units.enums import Kind
from units.models import Unit


class Command(BaseCommand):
    help = "Makes an administrator of the topmost unit; in a terminal it asks for what is not given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", help="the name to sign in with")
        parser.add_argument("--full-name", help="the person's name (default: the name to sign in with)")
        parser.add_argument("--email", default="")
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
        parser.add_argument("--unit-code", help="code of the topmost unit, e.g. QNA")
        parser.add_argument("--unit-name", help="its name, where it does not exist yet")
        parser.add_argument("--unit-kind", choices=Kind.values, default=Kind.PROVINCE_UNION.value)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        username = options["username"] or self._ask("--username", "Name to sign in with: ")
        full_name = options["full_name"] or username
        password = self._password(from_stdin=options["password_stdin"])
        try:
            unit = self._unit(options)
            user = create_administrator(
                username=username, full_name=full_name, password=password, unit=unit, email=options["email"]
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{user.username} administers {unit.name} ({unit.code}) and everything beneath it.")

    def _unit(self, options: dict[str, Any]) -> Unit:
        """The unit named, else the only topmost one, else a new one."""
        tops = topmost_units()
        code = options["unit_code"]
        if not tops:
            code = code or self._ask("--unit-code", "Code of the topmost unit (e.g. QNA): ")
            name = options["unit_name"] or self._ask("--unit-name", "Its name: ")
            first_of_january = clock.today().replace(month=1, day=1)
            return create_topmost_unit(code=code, name=name, kind=options["unit_kind"], opened_on=first_of_january)
        if code is None and len(tops) == 1:
            return tops[0]
        chosen = next((unit for unit in tops if unit.code == code), None)
        if chosen is None:
            known = ", ".join(unit.code for unit in tops)
            raise CommandError(f"Name one of the topmost units by --unit-code: {known}.")
        return chosen

    def _ask(self, option: str, question: str) -> str:
        if not sys.stdin.isatty():
            raise CommandError(f"Without a terminal, {option} must be given.")
        answer = ""
        while not answer:
            answer = input(question).strip()
        return answer

    def _password(self, *, from_stdin: bool) -> str:
        if from_stdin:
            return sys.stdin.readline().rstrip("\r\n")
        if not sys.stdin.isatty():
            raise CommandError("Without a terminal, --password-stdin must be given.")
        first, again = getpass("Password: "), getpass("Password again: ")
        if first != again:
            raise CommandError("The two passwords differ.")
        return first
