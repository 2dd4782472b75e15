"""What entries come to: a unit's own total for a period, and totals added up.

Pure arithmetic on ``Decimal``, no ORM (domain: Time; rules 1 to 4). Which entries and children belong
together is ``engine``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Said:
    """One counted entry: what a unit said of one indicator, and at which place of the calendar."""

    place: int
    amount: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    is_done: bool | None = None
    done_on: date | None = None

    @property
    def is_figure(self) -> bool:
        """Whether it says anything at all: missing is not zero (domain: rule 2)."""
        return self.amount is not None or self.numerator is not None or self.is_done is not None


@dataclass(frozen=True, slots=True)
class Total:
    """A figure with the number of units behind it, ``carried`` of them with an older entry."""

    amount: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    done_on: date | None = None
    reported: int = 0
    carried: int = 0


def added(parts: Iterable[Total]) -> Total:
    """Amounts, numerators and denominators added (rule 1); figures that nobody gave stay None (rule 2)."""
    known = list(parts)
    return Total(
        amount=_sum(part.amount for part in known),
        numerator=_sum(part.numerator for part in known),
        denominator=_sum(part.denominator for part in known),
        reported=sum(part.reported for part in known),
        carried=sum(part.carried for part in known),
    )


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, ZERO) if known else None


def own_amount(said: Iterable[Said], *, at: int, counts: bool) -> Total | None:
    """``sum``: the amount entered in the period itself; None without one.

    ``counts``: the unit owes the period, so it is one of those who reported.
    """
    entry = next((entry for entry in said if entry.place == at and entry.amount is not None), None)
    return None if entry is None else Total(amount=entry.amount, reported=int(counts))


def own_state(said: Iterable[Said], *, since: int, at: int, counts: bool) -> Total | None:
    """``latest``: the newest entry from ``since`` to ``at``, both included; None without one."""
    known = [entry for entry in said if since <= entry.place <= at and entry.is_figure]
    if not known:
        return None
    newest = max(known, key=lambda entry: entry.place)
    older = counts and newest.place < at
    return Total(newest.amount, newest.numerator, newest.denominator, None, int(counts), int(older))


def own_milestone(said: Iterable[Said], *, since: int, at: int, counts: bool) -> Total | None:
    """A milestone: done from the earliest day that any entry in the window gives (domain: rule 4).

    What was done stays done: a slip is corrected in the report that said so. ``amount`` is 1 or 0.
    """
    known = [entry for entry in said if since <= entry.place <= at and entry.is_done is not None]
    if not known:
        return None
    done = [entry for entry in known if entry.done_on is not None]
    done_on = min((entry.done_on for entry in done if entry.done_on is not None), default=None)
    older = counts and max(entry.place for entry in known) < at
    return Total(Decimal(bool(done)), None, None, done_on, int(counts), int(older))
