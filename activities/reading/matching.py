"""What was found held against what a reader marked: pairs, misses, false finds and figures. Pure.

The rule: a proposal matches a label when their places overlap and its bounds are the label's (a figure's low and high,
an activity's first and last day) or those of its alternative. One to one, as many pairs as can be. Labels marked
optional, nested or qualitative neither reward nor punish. A proposal for a target that overlaps a trap and no target is
a trap taken. Units agree when half of their words, counted together and without marks, are common to both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plans.vietnamese.letters import bare

from .labels import Bounds, Label, Place


@dataclass(frozen=True)
class Found:
    """A proposal as far as matching needs it."""

    start: int
    end: int
    bounds: Bounds
    unit: str = ""


@dataclass(frozen=True)
class Matching:
    """Places of pairs and leftovers in the two lists that were given.

    ``pairs`` are (label, proposal); ``aside`` are proposals that belong to neutral labels; ``trapped`` are among
    ``wrong``.
    """

    pairs: tuple[tuple[int, int], ...]
    missed: tuple[int, ...]
    wrong: tuple[int, ...]
    aside: tuple[int, ...]
    trapped: tuple[int, ...]
    strange_units: tuple[tuple[int, int], ...]

    @property
    def figures(self) -> "Figures":
        """Return the counts."""
        return Figures(
            matched=len(self.pairs),
            missed=len(self.missed),
            wrong=len(self.wrong),
            units_agreed=len(self.pairs) - len(self.strange_units),
            traps=len(self.trapped),
        )


@dataclass(frozen=True)
class Figures:
    """Counts, and the shares made of them (0 to 1; null where there is nothing to count). They add up."""

    matched: int = 0
    missed: int = 0
    wrong: int = 0
    units_agreed: int = 0
    traps: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            matched=self.matched + other.matched,
            missed=self.missed + other.missed,
            wrong=self.wrong + other.wrong,
            units_agreed=self.units_agreed + other.units_agreed,
            traps=self.traps + other.traps,
        )

    @property
    def precision(self) -> float | None:
        """The share of right ones among the proposals that count."""
        return _share(self.matched, self.matched + self.wrong)

    @property
    def recall(self) -> float | None:
        """The share of found ones among the labels that count."""
        return _share(self.matched, self.matched + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        return _share(2 * self.matched, 2 * self.matched + self.missed + self.wrong)

    @property
    def units(self) -> float | None:
        """The share of pairs whose units agree."""
        return _share(self.units_agreed, self.matched)


def match(labels: Sequence[Label], found: Sequence[Found], *, traps: Sequence[Place] = ()) -> Matching:
    """Match one document's labels of one sort with its proposals."""
    firm = _most_pairs(labels, found, [at for at, label in enumerate(labels) if not label.neutral], range(len(found)))
    rest = [index for index in range(len(found)) if index not in firm.values()]
    neutral = _most_pairs(labels, found, [at for at, label in enumerate(labels) if label.neutral], rest)
    wrong = [index for index in rest if index not in neutral.values()]
    places = [label.place for label in labels if label.place]
    return Matching(
        pairs=tuple(sorted(firm.items())),
        missed=tuple(index for index, label in enumerate(labels) if not label.neutral and index not in firm),
        wrong=tuple(wrong),
        aside=tuple(sorted(neutral.values())),
        trapped=tuple(i for i in wrong if _touches(found[i], traps) and not _touches(found[i], places)),
        strange_units=tuple(
            pair for pair in sorted(firm.items()) if not units_agree(labels[pair[0]].unit, found[pair[1]].unit)
        ),
    )


def units_agree(one: str, other: str) -> bool:
    """Whether two units share half their words (twice the common words are at least all words of both)."""
    first, second = _words(one), _words(other)
    return 4 * len(first & second) >= len(first) + len(second)


def _words(unit: str) -> set[str]:
    spaced = "".join(letter if letter.isalnum() or letter == "%" else " " for letter in bare(unit))
    return set(spaced.split())


def _touches(found: Found, places: Sequence[Place]) -> bool:
    return any(found.start < end and start < found.end for start, end in places)


def _fits(label: Label, found: Found) -> bool:
    if label.place is None or not _touches(found, [label.place]):
        return False
    return not label.bounds or found.bounds in label.bounds


def _closeness(label: Label, found: Found) -> tuple[bool, int]:
    start, end = label.place or (0, 0)
    return units_agree(label.unit, found.unit), min(end, found.end) - max(start, found.start)


def _most_pairs(
    labels: Sequence[Label], found: Sequence[Found], asked: Sequence[int], free: Sequence[int]
) -> dict[int, int]:
    """Return as many pairs of these labels and proposals as can be made (augmenting paths), the closest tried first."""
    taken: dict[int, int] = {}
    choices = {at: _choices(labels[at], found, free) for at in asked}

    def place(label: int, seen: set[int]) -> bool:
        for proposal in choices[label]:
            if proposal not in seen:
                seen.add(proposal)
                if proposal not in taken or place(taken[proposal], seen):
                    taken[proposal] = label
                    return True
        return False

    for label in asked:
        place(label, set())
    return {label: proposal for proposal, label in taken.items()}


def _choices(label: Label, found: Sequence[Found], free: Sequence[int]) -> list[int]:
    fitting = [index for index in free if _fits(label, found[index])]
    return sorted(fitting, key=lambda index: _closeness(label, found[index]), reverse=True)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
