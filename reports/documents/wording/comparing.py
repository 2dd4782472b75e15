"""Two versions of a document's words, part by part and paragraph by paragraph. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import zip_longest

from plans.versions.comparing import Change, Piece, compared

from .parts import Part

# Two paragraphs that share a smaller part of their words are told as one that went and one that came.
LEAST_SHARED = 0.4


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of either version. ``change`` SAME: it stands in both, with other words where ``is_changed``."""

    change: Change
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        return self.change == Change.SAME and self.before != self.after

    @cached_property
    def pieces(self) -> list[Piece]:
        return compared(self.before, self.after)


@dataclass(frozen=True)
class PartChange:
    """What became of one part; ``unchanged``: how many paragraphs stayed as they were."""

    part: Part
    paragraphs: list[Paragraph]

    @property
    def shown(self) -> list[Paragraph]:
        return [row for row in self.paragraphs if row.change != Change.SAME or row.is_changed]

    @property
    def unchanged(self) -> int:
        return len(self.paragraphs) - len(self.shown)


def changes_between(
    parts: Sequence[Part], before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]]
) -> list[PartChange]:
    """Return the parts that the two versions say differently, in the order of the paper."""
    return [
        PartChange(part, list(_compared(before.get(part.key, ()), after.get(part.key, ()))))
        for part in parts
        if before.get(part.key, ()) != after.get(part.key, ())
    ]


def _compared(before: Sequence[str], after: Sequence[str]) -> Iterator[Paragraph]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if tag == "equal":
            yield from (Paragraph(Change.SAME, text, text) for text in before[from_old:to_old])
        else:
            for old, new in zip_longest(before[from_old:to_old], after[from_new:to_new]):
                yield from _met(old, new)


def _met(old: str | None, new: str | None) -> Iterator[Paragraph]:
    """Two paragraphs in the same place, or one that has no other there (null)."""
    if old is not None and new is not None and _share_enough(old, new):
        yield Paragraph(Change.SAME, old, new)
        return
    if old is not None:
        yield Paragraph(Change.REMOVED, old, "")
    if new is not None:
        yield Paragraph(Change.ADDED, "", new)


def _share_enough(old: str, new: str) -> bool:
    return SequenceMatcher(None, old.split(), new.split(), autojunk=False).quick_ratio() >= LEAST_SHARED
