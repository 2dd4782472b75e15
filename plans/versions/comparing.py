"""Two wordings side by side, word by word. Pure: no models, no clock."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A word with what is written into it ("1.500", "26/3/2024", "150-200", "100%"), or one mark; with the space behind it.
_WORD = re.compile(r"\w+(?:[./,:\-–]\w+)*%?\s*|[^\w\s]\s*|\s+")
# Above this many comparisons the middle part is shown as replaced whole: a page must not take seconds.
MOST_COMPARISONS = 1_000_000


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """A run of words that came to one fate."""

    change: Change
    text: str

    @property
    def words(self) -> str:
        return self.text.rstrip()

    @property
    def blank(self) -> str:
        """The blank behind the words, which is not marked with them."""
        return self.text[len(self.words) :]


def compared(before: str, after: str) -> list[Piece]:
    """Return both wordings as one run of pieces: what stayed, what went (before what came), what came."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    middle = _middle(old[start : len(old) - end], new[start : len(new) - end])
    tail = new[len(new) - end :] if end else []
    return _joined([(Change.SAME, new[:start]), *middle, (Change.SAME, tail)])


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words the two begin with in common."""
    count = 0
    for left, right in zip(old, new, strict=False):
        if left.strip() != right.strip():
            break
        count += 1
    return count


def _middle(old: list[str], new: list[str]) -> list[tuple[Change, list[str]]]:
    if len(old) * len(new) > MOST_COMPARISONS:
        return [(Change.REMOVED, old), (Change.ADDED, new)]
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False)
    found: list[tuple[Change, list[str]]] = []
    for tag, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if tag == "equal":
            found.append((Change.SAME, new[from_new:to_new]))
            continue
        found += [(Change.REMOVED, old[from_old:to_old]), (Change.ADDED, new[from_new:to_new])]
    return found


def _joined(runs: Sequence[tuple[Change, list[str]]]) -> list[Piece]:
    return [Piece(change, "".join(words)) for change, words in runs if words]
