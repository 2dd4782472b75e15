"""What a forecast is made from and what it says. Frozen dataclasses; all arithmetic on ``Decimal``, unrounded."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from targets.compliance import Commitment
from targets.figures import HUNDRED

ZERO = Decimal(0)
ROUGH_UNDER = 3  # months heard; fewer are said to be rough


class Reason(StrEnum):
    """What a forecast stands on."""

    PACE = "pace"
    LAST_YEAR = "last_year"
    PHASES = "phases"
    CARRIERS = "carriers"


class Why(StrEnum):
    """Why there is no forecast."""

    NOT_STARTED = "not_started"
    DUE_OVER = "due_over"
    LIMIT = "limit"  # what must not happen is not hurried
    ONE_THING = "one_thing"  # done or not done has no pace
    NO_DATA = "no_data"
    FEW_REPORTS = "few_reports"  # in no month was half of the reports in hand
    TOO_EARLY = "too_early"
    NOT_BEGUN = "not_begun"  # nothing at all so far: what begins late is not known to fail


class Landing(StrEnum):
    """How the range lies against what must be reached."""

    REACHES = "reaches"
    UNSURE = "unsure"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class MonthSoFar:
    """A month of the counted window, with how many of those asked had reported (0 of 0: nobody is asked).

    ``value``: of a sum what the month added; of anything else how it stood at the month's end (percent for a ratio,
    carriers that have done it for a milestone). Null where nobody reported: missing is not zero.
    """

    value: Decimal | None
    reported: int = 1
    required: int = 1

    @property
    def in_hand(self) -> Decimal:
        """The share of the reports that are in hand, from 0 to 1."""
        return min(Decimal(self.reported) / self.required, Decimal(1)) if self.required else Decimal(1)

    @property
    def is_heard(self) -> bool:
        """Whether it says something of the pace: a figure, with half of the reports or more behind it."""
        return self.value is not None and 2 * self.reported >= self.required


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastCase:
    """All that a forecast is made from, as of the last of ``months``; nothing later is looked at.

    ``months``: the counted window, oldest first; ``months_left``: from there to the due period, which ends the window.
    ``reached``: the figure now, in the measure of the months (with what was inherited); null without one.
    ``whole``: what a percentage is of: the carriers of a milestone, the denominator of a ratio.
    ``last_year``: what the same month added a year before, one for every month of the window, null where that is not
    known; empty for "no last year". ``planned``: what the phases ask of each month of the window; empty without phases.
    Raises ``ValueError`` where these are not as many as the window has months.
    """

    commitment: Commitment
    months: tuple[MonthSoFar, ...]
    months_left: int
    due_on: date
    reached: Decimal | None
    whole: Decimal | None = None
    last_year: tuple[Decimal | None, ...] = ()
    planned: tuple[Decimal, ...] = ()

    def __post_init__(self) -> None:
        if self.months_left < 0:
            raise ValueError(f"{self.months_left} months left")
        for shape in (self.last_year, self.planned):
            if shape and len(shape) != len(self.months) + self.months_left:
                raise ValueError(f"{len(shape)} months of shape for {len(self.months)} + {self.months_left}")

    @property
    def is_milestone(self) -> bool:
        return self.commitment.kind == "milestone"

    @property
    def is_added_up(self) -> bool:
        """Whether what was reached stays: sums, and things done. Everything else is a state, which may fall."""
        return self.is_milestone or self.commitment.over_time == "sum"

    @property
    def in_wholes(self) -> bool:
        return self.is_milestone or (self.commitment.in_wholes and self.commitment.kind != "ratio")

    @property
    def most(self) -> Decimal | None:
        """The most that there can be; null where there is no such thing."""
        return self.whole if self.is_milestone else HUNDRED if self.commitment.kind == "ratio" else None

    @property
    def bar(self) -> Decimal | None:
        """What must be reached, in the measure of the months: for a milestone, carriers."""
        if self.is_milestone:
            return carriers_asked(self.commitment, self.whole or ZERO)
        return self.commitment.minimum


def carriers_asked(commitment: Commitment, carriers: Decimal) -> Decimal:
    """How many carriers the required share comes to: whole ones, 75% of 10 are 8."""
    share = (commitment.bar or ZERO) * carriers / HUNDRED
    return share.to_integral_value(ROUND_CEILING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The figure expected at the due day, ``low`` ≤ ``likely`` ≤ ``high``, to 4 places and not rounded for the eye.

    In the measure of the months that it was made from; of a share, in carriers of ``whole``. ``bar`` is what must be
    reached, ``needed`` what is missing to it now, 0 once it is reached; for a ratio in people or things of ``whole``,
    not in percent. ``months``: how many it was made from. ``reported`` of ``required`` were behind the newest month.
    """

    low: Decimal
    likely: Decimal
    high: Decimal
    bar: Decimal
    needed: Decimal
    needed_by: date
    months_left: int
    reason: Reason
    months: int
    reported: int
    required: int
    in_wholes: bool
    is_percent: bool = False
    whole: Decimal | None = None

    @property
    def needed_a_month(self) -> Decimal:
        return self.needed / self.months_left

    @property
    def is_share(self) -> bool:
        """Whether it is in carriers, of ``whole``."""
        return self.whole is not None and not self.is_percent

    @property
    def is_rough(self) -> bool:
        """Whether so few months speak that the reader must be told."""
        return self.months < ROUGH_UNDER

    @property
    def landing(self) -> Landing:
        """Below only where not even the upper end, as it is shown, comes up to the bar."""
        if self.low >= self.bar:
            return Landing.REACHES
        most = self.high.to_integral_value(ROUND_CEILING) if self.in_wholes else self.high
        return Landing.BELOW if most < self.bar else Landing.UNSURE


@dataclass(frozen=True, slots=True)
class NoForecast:
    """There is none, and why."""

    why: Why


Outlook = Forecast | NoForecast
