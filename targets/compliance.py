"""How a target stands: what it commits to, the tests of its carriers, completion, pace, status.

Pure: frozen dataclasses in, ``Decimal`` out; no ORM, no clock. Words for kinds, carriers and the rule
over time are the stored values (``targets.enums``). What was reached is a ``targets.figures.Figure``;
which months count says ``targets.calendar``; adding entries up over the tree is ``reports.rollups``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from .calendar import Month
from .figures import HUNDRED, Figure

AT_RISK_FROM = Fraction(7, 10)  # of what is expected (domain: Status, 5)

KINDS = frozenset({"amount", "ratio", "milestone"})
OVER_TIME = frozenset({"sum", "latest"})
CARRIERS = frozenset({"issuer_own", "pooled", "each_unit", "each_bloc"})
CARRIED_BY_SHARE = frozenset({"each_unit", "each_bloc"})


class Range(StrEnum):
    """Where a value lies against its bounds (domain: rule 6)."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


class Status(StrEnum):
    """The status of a target for a period (contracts: Vocabularies)."""

    NO_DATA = "no_data"
    NOT_DUE = "not_due"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    BEHIND = "behind"
    MET = "met"
    EXCEEDED = "exceeded"
    MISSED = "missed"


def done_in_time(done_on: date | None, due_on: date) -> bool:
    """Whether a milestone counts as done by its due day (domain: Status, 2); None is not done."""
    return done_on is not None and done_on <= due_on


@dataclass(frozen=True, slots=True)
class DatedBounds:
    """Bounds in force from a day on: an allocation or its change (domain: rule 14)."""

    effective_on: date
    minimum: Decimal | None
    maximum: Decimal | None = None


def bounds_in_force(dated: Iterable[DatedBounds], judged_on: date) -> DatedBounds | None:
    """The bounds in force on the day of judgement, the newest of them; None where none is yet."""
    in_force = [bounds for bounds in dated if bounds.effective_on <= judged_on]
    return max(in_force, key=lambda bounds: bounds.effective_on, default=None)


@dataclass(frozen=True, slots=True)
class PhaseStep:
    """By the end of this month the target asks ``minimum`` in all (cumulative)."""

    month: Month
    minimum: Decimal


def phased_minimum(steps: Iterable[PhaseStep], asked: Month) -> Decimal | None:
    """What the phases up to ``asked`` ask in all: 0 before the first; None where there is no phasing."""
    known = sorted(steps, key=lambda step: step.month)
    if not known:
        return None
    return next((step.minimum for step in reversed(known) if step.month <= asked), Decimal(0))


def within_bounds(value: Decimal, minimum: Decimal | None, maximum: Decimal | None) -> Range:
    """Below, within or above; the bounds themselves are within, and nothing is capped (rule 6)."""
    if minimum is not None and value < minimum:
        return Range.BELOW
    if maximum is not None and value > maximum:
        return Range.ABOVE
    return Range.WITHIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A target as arithmetic sees it (domain: Targets, 1 to 3).

    ``minimum``/``maximum`` are in the indicator's measure (percent for a ratio); for ``each_*`` they
    bind one carrier, and ``required_share`` (percent; None means all, 100) binds their share. A milestone
    has no bounds. Raises ``ValueError`` on a word that is no stored value, and for an amount or ratio
    with neither bound: there would be nothing to hold it against.
    """

    kind: str
    over_time: str
    carried_by: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    required_share: Decimal | None = None
    in_wholes: bool = False

    def __post_init__(self) -> None:
        for word, known in ((self.kind, KINDS), (self.over_time, OVER_TIME), (self.carried_by, CARRIERS)):
            if word not in known:
                raise ValueError(f"unknown word {word!r}, not one of {sorted(known)}")
        if self.kind != "milestone" and self.minimum is None and self.maximum is None:
            raise ValueError(f"a target on {self.kind} needs a minimum or a maximum")

    @property
    def is_by_share(self) -> bool:
        """Whether its figure is the share of carriers and not their total (domain: rule 7)."""
        return self.carried_by in CARRIED_BY_SHARE

    @property
    def is_limit(self) -> bool:
        """Only a maximum. A minimum of 0 asks for nothing, so it makes no difference."""
        return self.kind != "milestone" and self.maximum is not None and not self.minimum

    @property
    def bar(self) -> Decimal | None:
        """What its figure must reach: the share of carriers or of things done, else the minimum."""
        if self.is_by_share or self.kind == "milestone":
            return HUNDRED if self.required_share is None else self.required_share
        return self.minimum

    @property
    def ceiling(self) -> Decimal | None:
        """The value above which its figure exceeds; a share has none."""
        return None if self.is_by_share or self.kind == "milestone" else self.maximum

    def for_one_carrier(self) -> "Commitment":
        """The same commitment as one carrier of an ``each_*`` target sees it: its own total, its own bounds."""
        return replace(self, carried_by="pooled", required_share=None)


def is_reached(commitment: Commitment, figure: Figure) -> bool:
    """Whether the figure reaches the bar; a pooled ratio only once every unit has reported (rule 8).

    Not for limits, which are kept or broken (``is_broken``).
    """
    if figure.value is None or commitment.bar is None:
        return False
    return figure.value >= commitment.bar and _is_proven(commitment, figure)


def _is_proven(commitment: Commitment, figure: Figure) -> bool:
    """A ratio proves something only once every required unit has reported (rule 8).

    A share of carriers already counts its silent carriers as not reached.
    """
    return commitment.kind != "ratio" or commitment.is_by_share or figure.is_complete


def is_broken(commitment: Commitment, figure: Figure) -> bool:
    """Whether a limit is broken: the value above its maximum, or too few carriers left that keep it."""
    if figure.value is None:
        return False
    if commitment.is_by_share:
        return commitment.bar is not None and figure.value < commitment.bar
    return commitment.maximum is not None and figure.value > commitment.maximum


def carrier_reached(commitment: Commitment, figure: Figure) -> bool:
    """Whether one carrier of an ``each_*`` target counts for the share (domain: rule 7).

    ``figure`` is the carrier's own subtree (bloc: its members; milestone: its own entry as a share of
    one). Above the maximum still reaches the minimum. A limit counts as kept until it is broken, also
    by a silent carrier, exactly as in a pooled limit; "n of N reported" says how many have spoken.
    """
    alone = commitment.for_one_carrier()
    return not is_broken(alone, figure) if alone.is_limit else is_reached(alone, figure)


def carrier_on_pace(figure: Figure, phase_minimum: Decimal) -> bool:
    """Whether one carrier of a phased ``each_*`` target holds what the phases up to now ask of it.

    Where they ask nothing yet, nobody lags.
    """
    return not phase_minimum or (figure.value is not None and figure.value >= phase_minimum)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusCase:
    """All that decides the status of a target for the period asked.

    ``figure``: the figure in the counted window (milestones: done by the due day). ``periods_elapsed``
    of ``periods_total``: months of the counted and of the whole window, 0 before the first.
    ``due_period_ended``: the period asked is the due period or later; ``due_moment_passed``: of the due
    period, now. ``later``: the figure at the period asked, when that lies after the due period.
    Phasing: ``phase_expected`` is what the phases up to now ask in all. For ``each_*`` they ask it of
    one carrier; then give ``share_on_pace`` instead, the percent of carriers that hold it.
    Raises ``ValueError`` for periods out of order or the wrong one of the two.
    """

    commitment: Commitment
    figure: Figure
    periods_elapsed: int
    periods_total: int
    due_period_ended: bool
    due_moment_passed: bool
    phase_expected: Decimal | None = None
    share_on_pace: Decimal | None = None
    later: Figure | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.periods_elapsed <= self.periods_total or self.periods_total == 0:
            raise ValueError(f"period {self.periods_elapsed} of {self.periods_total}")
        foreign = self.phase_expected if self.commitment.is_by_share else self.share_on_pace
        if foreign is not None:
            raise ValueError("phase_expected is for totals, share_on_pace for shares of carriers")

    @property
    def is_over(self) -> bool:
        """The due period has ended and its due moment passed."""
        return self.due_period_ended and self.due_moment_passed

    @property
    def is_phased(self) -> bool:
        return self.phase_expected is not None or self.share_on_pace is not None

    @property
    def has_pace(self) -> bool:
        """Whether something is expected before the due period ends; nothing is, of a limit or milestone."""
        commitment = self.commitment
        if commitment.is_limit or commitment.kind == "milestone":
            return False
        return self.is_phased or commitment.over_time == "sum"


@dataclass(frozen=True, slots=True)
class TargetStatus:
    """The outcome. ``completion`` in percent and ``expected`` in the figure's measure, None where there
    is none; ``done_late``: missed, but reached since ("hoàn thành muộn").
    """

    status: Status
    completion: Decimal | None
    expected: Decimal | None
    done_late: bool


def target_status(case: StatusCase) -> TargetStatus:
    """The status of a target for a period, in the order of domain: "Status of a target for a period"."""
    status = _status(case)
    done_late = (
        status is Status.MISSED
        and not case.commitment.is_limit
        and case.later is not None
        and is_reached(case.commitment, case.later)
    )
    pace = _decimal(_expected_by(case)) if case.has_pace else None
    return TargetStatus(status, completion(case.commitment, case.figure), pace, done_late)


def completion(commitment: Commitment, figure: Figure) -> Decimal | None:
    """Percent of the bar, never capped; None without a value, for limits and bars of 0 (rule 6)."""
    if figure.value is None or commitment.is_limit or not commitment.bar:
        return None
    return HUNDRED * figure.value / commitment.bar


def expected(minimum: Decimal, *, elapsed: int, total: int, in_wholes: bool) -> Decimal:
    """What linear pace asks after ``elapsed`` of ``total`` months, rounded down for things in wholes."""
    return _decimal(_linear(minimum, elapsed, total, in_wholes))


def _linear(minimum: Decimal, elapsed: int, total: int, in_wholes: bool) -> Fraction:
    exact = Fraction(minimum) * elapsed / total
    return Fraction(exact.numerator // exact.denominator) if in_wholes else exact


def _decimal(exact: Fraction) -> Decimal:
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def _status(case: StatusCase) -> Status:
    if case.commitment.is_limit:
        return _status_of_limit(case)
    if is_reached(case.commitment, case.figure):
        return _status_when_reached(case)
    if case.is_over:
        return Status.MISSED
    if case.figure.value is None:
        return _status_without_data(case)
    return _status_by_pace(case) if case.has_pace else Status.NOT_DUE


def _status_of_limit(case: StatusCase) -> Status:
    """Kept or broken. Silence proves nothing: without data a limit is ``no_data``, also after its end,
    and a ratio is not met before every unit has reported (rules 2 and 8).
    """
    if case.figure.value is None:
        return _status_without_data(case)
    if is_broken(case.commitment, case.figure):
        return Status.MISSED
    return Status.MET if case.is_over and _is_proven(case.commitment, case.figure) else Status.ON_TRACK


def _status_without_data(case: StatusCase) -> Status:
    """Before a target's first period nothing was asked, so nobody owes anything."""
    return Status.NO_DATA if case.periods_elapsed else Status.NOT_DUE


def _status_when_reached(case: StatusCase) -> Status:
    value, ceiling = case.figure.value, case.commitment.ceiling
    return Status.EXCEEDED if value is not None and ceiling is not None and value > ceiling else Status.MET


def _status_by_pace(case: StatusCase) -> Status:
    """Held exactly, in fractions: no rounding decides between ``at_risk`` and ``behind``."""
    value = case.figure.value if case.share_on_pace is None else case.share_on_pace
    pace, reached = _expected_by(case), Fraction(value or 0)
    if reached >= pace:
        return Status.ON_TRACK
    return Status.AT_RISK if reached >= AT_RISK_FROM * pace else Status.BEHIND


def _expected_by(case: StatusCase) -> Fraction:
    """What is expected now: by phases where there are any, else linear. Shares are never rounded down."""
    commitment = case.commitment
    bar = commitment.bar or Decimal(0)
    if case.share_on_pace is not None:
        return Fraction(bar)
    if case.phase_expected is not None:
        return Fraction(case.phase_expected)
    in_wholes = commitment.in_wholes and not commitment.is_by_share
    return _linear(bar, case.periods_elapsed, case.periods_total, in_wholes)
