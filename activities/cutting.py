"""How much of a long row of things a page shows. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Cut(Generic[T]):
    """What is shown of a row, and how many stand ``before`` and ``after`` it unshown."""

    shown: list[T]
    before: int = 0
    after: int = 0

    @property
    def left_out(self) -> int:
        return self.before + self.after


def cut(rows: Sequence[T], most: int, around: int | None = None) -> Cut[T]:
    """Return at most ``most`` of the rows: those about the index ``around`` (null: the first)."""
    start = max(min((around or 0) - most // 2, len(rows) - most), 0)
    shown = list(rows[start : start + most])
    return Cut(shown, start, len(rows) - start - len(shown))
