"""One reading of one text: each reader is owned by its app, and here they are called in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from activities.extraction import ActivityReading, read_activities
from plans.duties import Duty, duty_contradictions, read_duties
from plans.outline.read import read_outline
from plans.outline.shapes import Contradiction, Outline
from targets.extraction import Known, TargetReading, read_targets


@dataclass(frozen=True)
class Reading:
    """All that was found in a document. Every place is a pair of offsets into ``outline.text``."""

    outline: Outline
    targets: TargetReading
    activities: ActivityReading
    duties: tuple[Duty, ...]

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Every contradiction once, in the order of the text, whoever found it."""
        found = (
            *self.outline.contradictions,
            *self.targets.contradictions,
            *self.activities.contradictions,
            *duty_contradictions(self.outline, self.duties),
        )
        once = {(one.start, one.end, one.kind): one for one in found}
        return tuple(once[key] for key in sorted(once))


def read_text(text: str, known: Sequence[Known] = (), *, pages: Sequence[int] = ()) -> Reading:
    """Read a document's text (NFC, from ``plans.sources``). ``known`` are the catalogue's indicators. Never raises."""
    outline = read_outline(text, pages=pages)
    return Reading(
        outline=outline,
        targets=read_targets(outline, known=known),
        activities=read_activities(outline),
        duties=tuple(read_duties(outline)),
    )
