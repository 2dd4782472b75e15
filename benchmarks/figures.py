"""What the made-up units report: every figure follows from the seed, the unit, the indicator and the month alone.

So a benchmark knows what has to come out without keeping it. Figures stay where nothing looks odd: a person who hands
them in is not stopped to look twice.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

SEED = 7
DONE_IN = 3  # the month in which some units reach their milestones


@dataclass(frozen=True)
class Kind:
    """One indicator of the catalogue: its name, its kind and its rule over time."""

    name: str
    kind: str
    over_time: str
    measure: str
    topic: str


TOPICS = ("propaganda", "movements", "support", "children", "organisation", "advisory")
KINDS = tuple(
    Kind(f"{words} {number}", kind, over_time, measure, TOPICS[number % len(TOPICS)])
    for words, kind, over_time, measure, numbers in (
        ("Hoạt động", "amount", "sum", "hoạt động", range(14)),
        ("Người dùng ứng dụng", "amount", "latest", "người", range(14, 18)),
        ("Đoàn viên học tập chuyên đề", "ratio", "latest", "đoàn viên", range(18, 22)),
        ("Đại hội, hội nghị", "milestone", "latest", "đơn vị", range(22, 24)),
    )
    for number in numbers
)


@dataclass(frozen=True)
class Said:
    """One entry. All null: the unit said nothing."""

    amount: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    is_done: bool | None = None
    done_on: date | None = None

    @property
    def is_silent(self) -> bool:
        return self.amount is None and self.numerator is None and self.is_done is None


def mixed(*numbers: int) -> int:
    """A number that looks like chance and is always the same."""
    found = SEED
    for number in numbers:
        found = (found ^ (number + 0x9E3779B9)) * 0x85EBCA6B % 2**32
        found ^= found >> 15
    return found


def members_of(unit: int) -> int:
    """The headcount of the unit of that number."""
    return 20 + mixed(unit) % 60


def said(unit: int, indicator: int, month: int) -> Said:
    """What the unit of that number says of the indicator of that place in ``KINDS`` in a month of the year."""
    kind, chance = KINDS[indicator], mixed(unit, indicator)
    if kind.kind == "milestone":
        is_done = chance % 3 == 0 and month >= DONE_IN
        # Once it is done, later months have nothing to say of it.
        return Said() if is_done and month > DONE_IN else Said(is_done=is_done, done_on=_done_on(is_done))
    if kind.kind == "ratio":
        members = members_of(unit)
        return Said(numerator=min(members, members // 2 + month), denominator=members)
    if kind.over_time == "latest":
        return Said(amount=chance % 20 + month)
    this_month = mixed(unit, indicator, month)
    return Said() if this_month % 20 == 0 else Said(amount=5 + this_month % 5)


def _done_on(is_done: bool) -> date | None:
    return date(2024, DONE_IN, 15) if is_done else None


def total(first: int, last: int, indicator: int, month: int) -> Decimal:
    """What the units from one number to the other come to in one month on an indicator that is added up."""
    return Decimal(sum(said(unit, indicator, month).amount or 0 for unit in range(first, last + 1)))
