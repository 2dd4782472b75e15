"""Figures: what was reported, added up by the rules of numbers, with how many stand behind it.

Pure: no ORM, no clock. Every percentage is on the scale 0 to 100 and unrounded; only ``display_percent``
rounds (domain: rule 17). Holding a figure against a target is ``targets.compliance``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HUNDRED = Decimal(100)
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Ratio:
    """Numerator of denominator, as entered or added up; never a bare percentage (domain: rule 1)."""

    numerator: Decimal
    denominator: Decimal

    @property
    def percent(self) -> Decimal | None:
        """Divided once, here; division by zero is no value, neither 0 nor 100."""
        return HUNDRED * self.numerator / self.denominator if self.denominator else None


def add_ratios(parts: Iterable[Ratio | None]) -> Ratio | None:
    """Numerators and denominators added (domain: rule 1); who has not reported (None) adds nothing.

    None when nobody has reported.
    """
    known = [part for part in parts if part is not None]
    if not known:
        return None
    return Ratio(
        sum((part.numerator for part in known), Decimal(0)),
        sum((part.denominator for part in known), Decimal(0)),
    )


def add_amounts(parts: Iterable[Decimal | None]) -> Decimal | None:
    """Amounts of units or of months added; None when nobody has reported: missing is not 0 (rule 2)."""
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if known else None


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with how much of the organisation stands behind it: "n of N reported" (domain: rule 2).

    ``value`` is in the indicator's measure, in percent for ratios, milestones and shares of carriers;
    None is "no value" (nobody reported, or division by zero). ``reported`` of ``required`` units (of
    carriers, for a share) reported; ``carried`` of them stand with an older ``latest`` value.
    ``made_of`` is what a percentage was divided from.
    """

    value: Decimal | None
    reported: int
    required: int
    carried: int = 0
    made_of: Ratio | None = None

    @classmethod
    def of_ratio(cls, ratio: Ratio | None, *, reported: int, required: int, carried: int = 0) -> "Figure":
        """The figure of a ratio added up; None where nobody has reported."""
        percent = None if ratio is None else ratio.percent
        return cls(percent, reported, required, carried, ratio)

    @classmethod
    def of_share(cls, reached: int, *, reported: int, required: int, carried: int = 0) -> "Figure":
        """Carriers that have reached (or done) it, of all that are required (domain: rules 4, 5, 7).

        A silent carrier has not reached it; where all are silent there is no value. A milestone of the
        issuer's own is a share of one.
        """
        share = Ratio(Decimal(reached), Decimal(required)) if reported else None
        return cls.of_ratio(share, reported=reported, required=required, carried=carried)

    @property
    def is_complete(self) -> bool:
        """Whether every required unit has reported (domain: rule 8)."""
        return self.reported >= self.required


def display_percent(percent: Decimal) -> Decimal:
    """Rounded half up to at most one decimal, for showing only; what is below 100 never shows as 100.

    (Domain: rule 17.) Whole values come without a decimal: 100, not 100.0.
    """
    rounded = percent.quantize(TENTH, ROUND_HALF_UP)
    if percent < HUNDRED <= rounded:
        rounded = HUNDRED - TENTH
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded
