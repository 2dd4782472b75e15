"""`manage.py read_document FILE`: what the portal reads in a document, as one JSON object; nothing is written."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from activities.reading import as_json, read_text
from plans.sources import Refused, read_source


class Command(BaseCommand):
    help = (
        "Read a document (.docx, .pdf, .txt, .md, .doc) and print its outline, targets, activities and times as JSON."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the document")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            source = read_source(content=path.read_bytes(), name=path.name)
        except (Refused, OSError) as refused:
            raise CommandError(f"{path.name}: {refused}") from refused
        reading = read_text(source.text, pages=source.pages)
        self.stdout.write(json.dumps(as_json(reading), ensure_ascii=False, indent=1))
