"""`manage.py render_document`: a unit's periodic report as it stands now, written to a file; nothing is kept."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.jobs import JobFailed
from core.paper import PaperError
from reports.documents import render
from reports.documents.building import build_report, kind_of
from reports.documents.building.spans import KIND_BY_LENGTH
from reports.documents.context import PeriodicReport
from reports.documents.models import OfficialDocument
from reports.enums import Basis, DocumentKind
from targets.calendar import Span
from units.models import Unit

WRITERS: dict[str, Callable[[PeriodicReport], bytes]] = {
    "pdf": render.render_document_pdf,
    "docx": render.render_document_docx,
    "xlsx": render.render_document_xlsx,
}
MADE_HERE = tuple(kind.value for kind in KIND_BY_LENGTH.values())
NOT_MADE, WRONG_WORDS = 1, 2


class Command(BaseCommand):
    help = (
        "Write a unit's periodic report as PDF, Word (docx) or Excel (xlsx, the annexes), as a draft without a number. "
        "Ends with 0 when the file is written, 1 when it cannot be, 2 when the options do not fit."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unit", required=True, help="code of the unit, e.g. QNA-KCQ")
        parser.add_argument("--kind", required=True, choices=DocumentKind.values)
        parser.add_argument("--span", required=True, help="2024-09, 2024-Q3, 2024-H1, 2024-9M or 2024")
        parser.add_argument("--format", required=True, choices=WRITERS)
        parser.add_argument("--out", required=True, type=Path, help="the file to write")
        parser.add_argument("--basis", choices=Basis.values, default=Basis.OFFICIAL.value)
        parser.add_argument("--force", action="store_true", help="write over a file that is there")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["out"]
        span = _span(options["kind"], options["span"])
        unit = _unit(options["unit"])
        _refuse_to_overwrite(path, force=options["force"])
        document = OfficialDocument(unit=unit, kind=options["kind"], span=str(span), basis=options["basis"])
        try:
            content = WRITERS[options["format"]](build_report(document))
            _write(path, content, force=options["force"])
        except (JobFailed, PaperError) as failed:
            raise CommandError(str(failed), returncode=NOT_MADE) from failed
        except OSError as failed:
            raise CommandError(f"{path} cannot be written: {failed.strerror}.", returncode=NOT_MADE) from failed
        self.stdout.write(f"{path}: {len(content)} bytes.")


def _span(kind: str, code: str) -> Span:
    if kind not in MADE_HERE:
        known = ", ".join(MADE_HERE)
        raise CommandError(f"A document of kind {kind} cannot be made yet; choose {known}.", returncode=WRONG_WORDS)
    try:
        span = Span.parse(code)
    except ValueError as error:
        words = f"{code} is no span; write 2024-09, 2024-Q3, 2024-H1, 2024-9M or 2024."
        raise CommandError(words, returncode=WRONG_WORDS) from error
    if kind_of(span) != kind:
        words = f"The span {code} is that of a report of kind {kind_of(span).value}, not {kind}."
        raise CommandError(words, returncode=WRONG_WORDS)
    return span


def _unit(code: str) -> Unit:
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise CommandError(f"There is no unit with the code {code}.", returncode=WRONG_WORDS)
    return unit


def _refuse_to_overwrite(path: Path, *, force: bool) -> None:
    if path.is_dir():
        raise CommandError(f"{path} is a folder.", returncode=WRONG_WORDS)
    if path.exists() and not force:
        raise CommandError(f"{path} is there already; --force writes over it.", returncode=NOT_MADE)


def _write(path: Path, content: bytes, *, force: bool) -> None:
    """Write beside it and move: a full disk leaves neither half a file nor destroys the one that is there."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        _refuse_to_overwrite(path, force=force)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
