"""What reading the targets of a document gives. Offsets are into the outline's text (NFC), ``end`` excluded."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from plans.outline.shapes import Contradiction, Doubt


@dataclass(frozen=True)
class Known:
    """One row of the catalogue of indicators, as far as reading needs it."""

    pk: int
    name: str
    measure: str
    kind: str


@dataclass(frozen=True)
class Figure:
    """What the words say (contracts: Reading a document): bounds null where open, ``unit`` as written ("%" for shares),
    ``population`` what a percentage is of, blank for counts."""

    comparator: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    population: str = ""


@dataclass(frozen=True)
class ProposedTarget:
    """A target as the portal would make it (domain: Targets), with the words that it was read from.

    ``section`` is an index into ``outline.sections``. ``minimum``/``maximum`` are in ``measure``, percent for a ratio,
    null where open, both null for a milestone; ``required_share`` in percent for ``each_unit`` and ``each_bloc``.
    Dates null mean the plan's term. ``phases`` are (by when, how much in all). ``restates`` is the index of the
    proposal that this one says again (it may stand later). ``carrier_kinds`` holds values of ``units.enums.Kind``;
    empty means every kind.
    """

    start: int
    end: int
    section: int | None
    figure: Figure
    name: str
    indicator: Known | None
    indicator_name: str
    measure: str
    kind: str
    over_time: str
    carried_by: str
    carrier_kinds: tuple[str, ...]
    minimum: Decimal | None
    maximum: Decimal | None
    required_share: Decimal | None
    due_on: date | None
    starts_on: date | None
    phases: tuple[tuple[date, Decimal], ...]
    restates: int | None
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class TargetReading:
    """All targets of a document, in its order, and what in them cannot be meant."""

    proposals: tuple[ProposedTarget, ...]
    contradictions: tuple[Contradiction, ...]
