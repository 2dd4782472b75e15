"""`manage.py render_document`: an official paper of any kind as it stands now, written to a file; nothing is kept."""

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.jobs import JobFailed
from core.paper import PaperError
from plans.models import Plan
from reports.documents import papers
from reports.documents.building import kind_of
from reports.documents.building.spans import KIND_BY_LENGTH
from reports.documents.models import OfficialDocument
from reports.enums import Basis, DocumentKind
from targets.calendar import Span
from units.models import Unit

FORMATS = ("pdf", "docx", "xlsx")
NOT_MADE, WRONG_WORDS = 1, 2
PERIODIC = {kind.value for kind in KIND_BY_LENGTH.values()}
SPANS = "2024-09, 2024-Q3, 2024-H1, 2024-9M or 2024"


@dataclass(frozen=True)
class Options:
    """What a kind has to be told, and what it may be told besides; ``months``: how long its span is."""

    needs: tuple[str, ...]
    takes: tuple[str, ...] = ()
    months: int | None = None


OPTIONS: dict[str, Options] = {
    **{kind: Options(("unit", "span"), ("basis",)) for kind in PERIODIC},
    DocumentKind.SCORECARD: Options(("about", "span"), ("basis",), months=1),
    DocumentKind.REMINDER: Options(("unit", "span"), months=1),
    DocumentKind.CALENDAR: Options(("unit", "span"), months=3),
    DocumentKind.PLAN: Options(("plan",)),
    DocumentKind.ALLOCATION: Options(("plan",), ("unit", "about")),
}
CHOSEN = ("unit", "span", "plan", "about", "basis")


class Command(BaseCommand):
    help = (
        "Write an official paper as PDF, Word (docx) or Excel (xlsx, its tables), as a draft without a number; the "
        "paper of an issued plan bears the plan's. monthly to annual, reminder and calendar: --unit and --span; "
        "scorecard: --about and --span; plan: --plan; allocation: --plan, and --about for one unit. "
        "Ends with 0 when the file is written, 1 when it cannot be, 2 when the options do not fit."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kind", required=True, choices=DocumentKind.values)
        parser.add_argument("--unit", help="code of the body whose paper it is, e.g. QNA-KCQ")
        parser.add_argument("--span", help=SPANS)
        parser.add_argument("--plan", type=int, help="number of the plan, as in its address /plans/2/")
        parser.add_argument("--about", help="code of the unit that a scorecard is about, or that targets are handed to")
        parser.add_argument("--format", required=True, choices=FORMATS)
        parser.add_argument("--out", required=True, type=Path, help="the file to write")
        parser.add_argument("--basis", choices=Basis.values, help="official if not told")
        parser.add_argument("--force", action="store_true", help="write over a file that is there")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["out"]
        document = _document(options)
        ending = options["format"]
        if ending != "pdf" and ending not in papers.copies_of(document.kind):
            raise _refused(f"A document of kind {document.kind} has no {ending}.")
        _refuse_to_overwrite(path, force=options["force"])
        try:
            paper = papers.build(document)
            content = papers.render_pdf(paper) if ending == "pdf" else papers.render_copy(paper, ending)
            _write(path, content, force=options["force"])
        except (JobFailed, PaperError) as failed:
            raise CommandError(str(failed), returncode=NOT_MADE) from failed
        except OSError as failed:
            raise CommandError(f"{path} cannot be written: {failed.strerror}.", returncode=NOT_MADE) from failed
        self.stdout.write(f"{path}: {len(content)} bytes.")


def _refused(words: str) -> CommandError:
    return CommandError(words, returncode=WRONG_WORDS)


def _document(options: dict[str, Any]) -> OfficialDocument:
    """The document that the options name, not kept."""
    kind = options["kind"]
    _check_options(kind, {name for name in CHOSEN if options[name] is not None})
    plan = _plan(options["plan"]) if options["plan"] is not None else None
    about = _unit(options["about"]) if options["about"] else None
    return OfficialDocument(
        kind=kind,
        unit=_body(options["unit"], plan, about),
        about=about,
        plan=plan,
        span=str(_span(kind, options["span"])) if plan is None else str(plan.starts_on.year),
        basis=options["basis"] or Basis.OFFICIAL,
    )


def _check_options(kind: str, given: set[str]) -> None:
    known = OPTIONS[kind]
    for name in known.needs:
        if name not in given:
            raise _refused(f"A document of kind {kind} needs --{name}.")
    for name in CHOSEN:
        if name in given and name not in (*known.needs, *known.takes):
            raise _refused(f"--{name} says nothing to a document of kind {kind}.")


def _body(code: str | None, plan: Plan | None, about: Unit | None) -> Unit:
    """Whose paper it is: the unit named, the plan's, or the one above the unit that the paper is about."""
    if code:
        return _unit(code)
    if plan is not None:
        return plan.unit
    if about is None or about.parent is None:
        raise _refused("Nobody stands above this unit who would give it a scorecard.")
    return about.parent


def _span(kind: str, code: str) -> Span:
    try:
        span = Span.parse(code)
    except ValueError as error:
        raise _refused(f"{code} is no span; write {SPANS}.") from error
    months = OPTIONS[kind].months
    if kind in PERIODIC and kind_of(span) != kind:
        raise _refused(f"The span {code} is that of a report of kind {kind_of(span).value}, not {kind}.")
    if months is not None and len(span.months()) != months:
        raise _refused(f"A document of kind {kind} is of one {'month' if months == 1 else 'quarter'}, not of {code}.")
    return span


def _unit(code: str) -> Unit:
    unit = Unit.objects.select_related("parent").filter(code=code).first()
    if unit is None:
        raise _refused(f"There is no unit with the code {code}.")
    return unit


def _plan(number: int) -> Plan:
    plan = Plan.objects.select_related("unit").filter(pk=number).first()
    if plan is None:
        raise _refused(f"There is no plan {number}.")
    return plan


def _refuse_to_overwrite(path: Path, *, force: bool) -> None:
    if path.is_dir():
        raise _refused(f"{path} is a folder.")
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
