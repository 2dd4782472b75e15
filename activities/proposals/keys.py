"""What an activity proposal says, as it is stored (``ActivityProposal.found`` and ``.wish``) and as code handles it.

Stored: days as ISO, windows as rows ``[first day, last day, precision]``, under the names of ``KEYS``; half-typed words
of a correction stand beside them under ``TYPED``. Pure: no database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from activities.enums import Scope
from activities.timing import Span

TYPED = "typed"


@dataclass(frozen=True)
class ActivityValues:
    """An activity to be. ``windows`` is empty where no time is given; ``bloc`` is an id, for a bloc's own only.

    ``time_quote`` are the words that the time was read from, blank where it stands in no words of its own.
    """

    name: str = ""
    scope: str = Scope.ISSUER.value
    bloc: int | None = None
    windows: tuple[Span, ...] = ()
    is_tentative: bool = False
    repeats: int = 1
    place: str = ""
    time_quote: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return what is stored."""
        rows = {name: getattr(self, name) for name in KEYS}
        rows["windows"] = [
            [span.starts_on.isoformat(), span.ends_on.isoformat(), str(span.precision)] for span in self.windows
        ]
        return rows

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "ActivityValues":
        """Read what is stored; what is missing or no value is as unknown as in a new one."""
        known = {name: stored[name] for name in KEYS if stored.get(name) not in (None, "")}
        spans = [_span(row) for row in known.get("windows", ())]
        known["windows"] = tuple(span for span in spans if span is not None)
        return cls(**known)


KEYS = tuple(row.name for row in fields(ActivityValues))


def _span(row: Any) -> Span | None:
    try:
        first, last, precision = row
        return Span(date.fromisoformat(first), date.fromisoformat(last), precision)
    except (TypeError, ValueError):
        return None


def values_of(found: Mapping[str, Any] | None, wish: Mapping[str, Any] | None) -> ActivityValues:
    """Return what a proposal says now: the correction where there is one, else what was found."""
    return ActivityValues.from_json(wish or found or {})


def typed_of(wish: Mapping[str, Any] | None) -> dict[str, str]:
    """Return the half-typed words of a correction by field: they stand in the form and keep it from being accepted."""
    return dict((wish or {}).get(TYPED, {}))
