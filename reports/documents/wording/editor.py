"""What the page of a report's words shows: each part with its field, where its first words came from, what to mind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _

from reports.documents.context import PeriodicReport
from reports.documents.models import OfficialDocument

from .forms import WordingForm, texts_of
from .models import WordingVersion
from .parts import CAUSES, OPENING, STRENGTHS, TASKS, WEAKNESSES, Part, parts_of
from .versions import current, words_replaced


@dataclass(frozen=True)
class EditedPart:
    """One part in the page. ``replaced``: what the document to be replaced says there; none where it says the same."""

    part: Part
    field: BoundField
    source: str
    prefilled: tuple[str, ...]
    replaced: tuple[str, ...]
    is_edited: bool
    is_outdated: bool


@dataclass(frozen=True)
class Desk:
    """A draft whose words are edited. ``report``: what is frozen of it (``told_by``).

    ``replaced``: the words of the document that it shall replace; empty where there is none.
    """

    document: OfficialDocument
    report: PeriodicReport
    newest: WordingVersion
    replaced: Mapping[str, tuple[str, ...]]

    @property
    def parts(self) -> tuple[Part, ...]:
        return parts_of(self.report)

    def form(self, data: Any = None) -> WordingForm:
        """The form over the newest version; ``data`` is what was sent (null: as stored)."""
        stored = texts_of(self.newest.words, self.parts)
        return WordingForm(data, parts=self.parts, stored=stored, seen=self.newest.number)

    def groups(self, form: WordingForm) -> list[tuple[str, list[EditedPart]]]:
        """The parts under the headings of the paper."""
        return [(group, list(rows)) for group, rows in groupby(self._shown(form), key=lambda row: row.part.group)]

    def _shown(self, form: WordingForm) -> Iterator[EditedPart]:
        edited, outdated = self.newest.edited, set(self.newest.outdated)
        for part in self.parts:
            before = self.replaced.get(part.key, ())
            yield EditedPart(
                part=part,
                field=form[part.key],
                source=source_of(part),
                prefilled=self.newest.prefilled_words.get(part.key, ()),
                replaced=before if before != self.newest.words.get(part.key, ()) else (),
                is_edited=part.key in edited,
                is_outdated=part.key in outdated,
            )


def desk_of(document: OfficialDocument, report: PeriodicReport) -> Desk:
    """Return the desk of the document, of which ``report`` is frozen (``told_by``)."""
    return Desk(document, report, current(document, report), words_replaced(document))


def source_of(part: Part) -> str:
    """Return from what the portal wrote the first words of a part."""
    known = {
        OPENING: _("From the plan that the report answers to"),
        STRENGTHS: _("From the targets that are reached"),
        WEAKNESSES: _("From the targets that lag and the units that have not reported"),
        CAUSES: _("The portal writes nothing here"),
        TASKS: _("From the targets that lag and the calendar of the coming months"),
    }
    return known.get(part.key, _("From the units: their figures and their own words"))
