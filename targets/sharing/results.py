"""What units reached a year before: a higher app that knows results registers here; targets imports none of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from units.models import Unit

from ..models import Target


@dataclass(frozen=True)
class PastResults:
    """What units reached of the same indicator. ``of`` names it ("1.7 Hiến máu, năm 2023").

    ``values``: unit id → in the indicator's measure; who reported nothing is missing.
    """

    of: str
    values: Mapping[int, Decimal]


Source = Callable[[Target, Sequence[Unit]], PastResults | None]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Name the one that knows; called in ``ready()``. It gives null where no target of that indicator ended then."""
    _sources[:] = [source]


def results_before(target: Target, units: Sequence[Unit]) -> PastResults | None:
    """Return what these units had reached of the target's indicator a year before; null where nothing is known."""
    return _sources[0](target, units) if _sources else None
