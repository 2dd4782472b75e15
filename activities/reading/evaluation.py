"""A reading held against the labels of its document: figures for targets and activities, and what went wrong. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from .assembly import Reading
from .labels import Bounds, Label, Labels
from .matching import Figures, Found, Matching, match


@dataclass(frozen=True)
class Evaluation:
    """How well one document was read."""

    name: str
    text: str
    labels: Labels
    found_targets: tuple[Found, ...]
    found_activities: tuple[Found, ...]
    targets: Matching
    activities: Matching

    def misses(self) -> Iterator[str]:
        """Yield one line for each label missed, each wrong proposal and each unit that differs, with its words."""
        for sort, labels, found, matching in (
            ("target", self.labels.targets, self.found_targets, self.targets),
            ("activity", self.labels.activities, self.found_activities, self.activities),
        ):
            for index in matching.missed:
                yield f"missed {sort}: {_label(labels[index])}"
            for index in matching.wrong:
                trap = " (a trap)" if index in matching.trapped else ""
                yield f"wrong {sort}{trap}: {self._proposal(found[index])}"
            for label, proposal in matching.strange_units:
                yield f"unit of {sort}: “{labels[label].unit}” was read “{found[proposal].unit}”: {labels[label].quote}"

    def _proposal(self, found: Found) -> str:
        quote = " ".join(self.text[found.start : found.end].split())
        return f"{_bounds(found.bounds)} {found.unit} @{found.start} “{quote}”"


def evaluate(*, name: str, reading: Reading, labels: Labels) -> Evaluation:
    """Match a reading with the labels of the same text."""
    targets = tuple(
        Found(start=one.start, end=one.end, bounds=(one.figure.low, one.figure.high), unit=one.figure.unit)
        for one in reading.targets.proposals
    )
    activities = tuple(
        Found(
            start=one.start,
            end=one.end,
            bounds=(
                min((window.starts_on.isoformat() for window in one.windows), default=None),
                max((window.ends_on.isoformat() for window in one.windows), default=None),
            ),
        )
        for one in reading.activities.proposals
    )
    return Evaluation(
        name=name,
        text=reading.outline.text,
        labels=labels,
        found_targets=targets,
        found_activities=activities,
        targets=match(labels.targets, targets, traps=labels.traps),
        activities=match(labels.activities, activities),
    )


def _label(label: Label) -> str:
    place = f"@{label.place[0]}" if label.place else "(not in the text)"
    bounds = " or ".join(_bounds(bounds) for bounds in label.bounds) or "any"
    return f"{bounds} {label.unit} {place} “{label.quote}”"


def _bounds(bounds: Bounds) -> str:
    low, high = ("–" if bound is None else str(bound) for bound in bounds)
    return low if low == high else f"{low}..{high}"


def total(evaluations: list[Evaluation]) -> tuple[Figures, Figures]:
    """Return the figures of all documents together: targets, activities."""
    return (
        sum((one.targets.figures for one in evaluations), Figures()),
        sum((one.activities.figures for one in evaluations), Figures()),
    )
