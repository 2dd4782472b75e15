"""What a target proposal says, as it is stored (``TargetProposal.found`` and ``.wish``) and as code handles it.

Stored: decimals as strings, days as ISO, under the names of ``KEYS``. Half-typed words of a correction, which are no
value yet, stand beside them under ``TYPED``. Pure: no database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from targets.enums import Carrier, IndicatorKind, OverTime, Reach

TYPED = "typed"


@dataclass(frozen=True)
class TargetValues:
    """A target to be. Nulls and blanks are what is not known; ``indicator`` is a row of the catalogue, null a new one.

    ``restates`` is the id of another proposal that says the same; ``figure`` what the words say (contracts: Reading a
    document), kept as it was found.
    """

    name: str = ""
    indicator: int | None = None
    indicator_name: str = ""
    measure: str = ""
    kind: str = IndicatorKind.AMOUNT.value
    over_time: str = OverTime.SUM.value
    carried_by: str = Carrier.POOLED.value
    carrier_kinds: tuple[str, ...] = ()
    carrier_reach: str = Reach.DIRECT.value
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    required_share: Decimal | None = None
    starts_on: date | None = None
    due_on: date | None = None
    phases: tuple[tuple[date, Decimal], ...] = ()
    restates: int | None = None
    figure: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return what is stored."""
        rows = {name: getattr(self, name) for name in KEYS}
        for name in DECIMALS:
            rows[name] = None if rows[name] is None else _text(rows[name])
        for name in DAYS:
            rows[name] = rows[name] and rows[name].isoformat()
        rows["carrier_kinds"] = list(self.carrier_kinds)
        rows["phases"] = [[day.isoformat(), _text(least)] for day, least in self.phases]
        rows["figure"] = dict(self.figure)
        return rows

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "TargetValues":
        """Read what is stored; what is missing or no value is as unknown as in a new one."""
        known = {name: stored[name] for name in KEYS if stored.get(name) not in (None, "")}
        for name in DECIMALS & known.keys():
            known[name] = _decimal(known[name])
        for name in DAYS & known.keys():
            known[name] = _day(known[name])
        known["carrier_kinds"] = tuple(known.get("carrier_kinds", ()))
        phases = [(_day(day), _decimal(least)) for day, least in known.get("phases", ())]
        known["phases"] = tuple((day, least) for day, least in phases if day is not None and least is not None)
        return cls(**known)


KEYS = tuple(row.name for row in fields(TargetValues))
DECIMALS = {"minimum", "maximum", "required_share"}
DAYS = {"starts_on", "due_on"}


def _text(number: Decimal) -> str:
    """Return 150.0000 and 150 alike, so that what is stored tells whether something was changed."""
    return f"{number.normalize():f}"


def _decimal(text: Any) -> Decimal | None:
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return None


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def values_of(found: Mapping[str, Any] | None, wish: Mapping[str, Any] | None) -> TargetValues:
    """Return what a proposal says now: the correction where there is one, else what was found."""
    return TargetValues.from_json(wish or found or {})


def typed_of(wish: Mapping[str, Any] | None) -> dict[str, str]:
    """Return the half-typed words of a correction by field: they stand in the form and keep it from being accepted."""
    return dict((wish or {}).get(TYPED, {}))
