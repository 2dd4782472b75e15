"""`manage.py evaluate_reading DIR`: how well documents with labels made by hand are read; nothing is written."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from activities.reading import read_text
from activities.reading.evaluation import Evaluation, evaluate, total
from activities.reading.folders import FolderRefused, labelled_documents
from activities.reading.labels import labels_of
from activities.reading.matching import Figures
from plans.sources import Refused, Source, read_source

HEADS = ("document", "", "labels", "found", "right", "precision", "recall", "F1", "units", "traps")
ROW = "{:<34} {:<10} {:>6} {:>6} {:>6} {:>9} {:>7} {:>6} {:>6} {:>6}"


class Command(BaseCommand):
    help = "Read every labelled document of a folder and print precision, recall and F1, for each and in all."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="documents with labels/*.json")
        parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
        parser.add_argument("--show-misses", action="store_true", help="list what was missed and what was wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            pairs = labelled_documents(options["folder"])
        except (FolderRefused, OSError) as refused:
            raise CommandError(str(refused)) from refused
        evaluations = [self._evaluated(path, written) for path, written in pairs]
        lines = _as_json(evaluations) if options["json"] else _as_table(evaluations)
        self.stdout.write("\n".join(lines))
        if options["show_misses"]:
            out = self.stderr if options["json"] else self.stdout
            for evaluation in evaluations:
                out.write("\n".join(["", evaluation.name, *evaluation.misses()]))

    def _evaluated(self, path: Path, written: dict[str, Any]) -> Evaluation:
        """Return how well the document was read; of one that is refused nothing was found."""
        try:
            source = read_source(content=path.read_bytes(), name=path.name)
        except (Refused, OSError) as refused:
            self.stderr.write(f"{path.name}: {refused}")
            source = Source(text="", kind="txt")
        reading = read_text(source.text, pages=source.pages)
        return evaluate(name=path.name, reading=reading, labels=labels_of(source.text, written))


def _as_table(evaluations: list[Evaluation]) -> list[str]:
    lines = [ROW.format(*HEADS)]
    for evaluation in evaluations:
        lines += _rows(evaluation.name, evaluation.targets.figures, evaluation.activities.figures)
    return [*lines, *_rows(f"all ({len(evaluations)})", *total(evaluations))]


def _rows(name: str, targets: Figures, activities: Figures) -> list[str]:
    return [
        ROW.format(name[:34], "targets", *_cells(targets), _percent(targets.units), targets.traps),
        ROW.format("", "activities", *_cells(activities), "", ""),
    ]


def _cells(figures: Figures) -> list[str]:
    labels, found = figures.matched + figures.missed, figures.matched + figures.wrong
    shares = (_percent(share) for share in (figures.precision, figures.recall, figures.f1))
    return [str(labels), str(found), str(figures.matched), *shares]


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"


def _as_json(evaluations: list[Evaluation]) -> list[str]:
    targets, activities = total(evaluations)
    answer = {
        "documents": [
            {
                "name": evaluation.name,
                "targets": _targets(evaluation.targets.figures),
                "activities": _plain(evaluation.activities.figures),
            }
            for evaluation in evaluations
        ],
        "all": {"targets": _targets(targets), "activities": _plain(activities)},
    }
    return [json.dumps(answer, ensure_ascii=False, indent=1)]


def _targets(figures: Figures) -> dict[str, int | float | None]:
    return {**_plain(figures), "units_agreed": figures.units, "traps": figures.traps}


def _plain(figures: Figures) -> dict[str, int | float | None]:
    return {
        "matched": figures.matched,
        "missed": figures.missed,
        "wrong": figures.wrong,
        "precision": figures.precision,
        "recall": figures.recall,
        "f1": figures.f1,
    }
