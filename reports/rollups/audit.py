"""The self-audit: totals and counts of carriers said anew by another way and held against the stored ones.

The other ways are ``ledger`` and ``carrier_ledger``. Source: domain, rule 16. What is made of it at night is
``nightly``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Self

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from reports.rollups.models import DirtyMark, Rollup
from units.models import Bloc, Unit
from units.selectors import INHERITING

from .carrier_ledger import CarrierFigures, CarrierLedger, CaseKey, orphans
from .ledger import STRIDE, Account, Figures, Key, Ledger, stored_totals
from .services import drain_dirty
from .statements import FIGURES, LINE
from .store import Owner

ATTEMPTS = 3
PART = 400  # units: a dozen seconds' work, while which SQLite lets nobody else write


@dataclass(frozen=True)
class Difference:
    """A stored total or count that is not what the entries come to; None where one of the two is missing."""

    owner: Owner
    owner_id: int
    key: Key | CaseKey
    stored: Figures | CarrierFigures | None
    expected: Figures | CarrierFigures | None

    def __str__(self) -> str:
        return f"{self.owner} {self.owner_id}, {self.key}: stored {self.stored}, entries {self.expected}"


@dataclass(frozen=True)
class Part:
    """What was found among some units. ``until``: the path of the last of them, None where no unit comes after."""

    found: list[Difference]
    until: str | None


def audit_rollups(*, most: int | None = None) -> list[Difference]:
    """Every difference between stored totals and entries, or the first ``most``; expected: none, ever."""
    found: list[Difference] = []
    until: str | None = ""
    while until is not None and (most is None or len(found) < most):
        part = audit_part(until, most=None if most is None else most - len(found))
        found, until = found + part.found, part.until
    return found


def audit_part(after: str, *, most: int | None = None) -> Part:
    """The differences, or the first ``most``, of the next ``PART`` units in the order of the tree, and of their blocs.

    ``after``: the path of the last unit that was looked at, blank at the beginning. What is marked is brought up to
    date first. What changes while the audit reads does not disturb it, and nobody waits for it: on PostgreSQL it sees
    one moment, on SQLite writers take turns with it. What was marked in that very moment is not in the totals yet, so
    then it looks again, and at last leaves out what is above such marks.
    """
    for _attempt in range(ATTEMPTS):
        drain_dirty()
        with _one_moment():
            some = _Units.after(after)
            found = list(islice(some.differences(), most))
            marked = list(DirtyMark.objects.values_list("unit__path", flat=True).distinct())
            if not found or not marked:
                return Part(found, some.until)
            awaited = _above(marked)
    return Part([one for one in found if (one.owner, one.owner_id) not in awaited], some.until)


@contextmanager
def _one_moment() -> Iterator[None]:
    """Let every statement in the block see the database as it was at the first one."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _above(paths: list[str]) -> set[tuple[Owner, int]]:
    """The units that have these beneath them, are among them or inherit from any of these; the blocs of them all."""
    units: set[int] = set()
    while paths:
        ways = {path[:end] for path in paths for end in range(Unit.steplen, len(path) + 1, Unit.steplen)}
        units |= set(Unit.objects.filter(path__in=ways).order_by().values_list("pk", flat=True))
        heirs = Unit.objects.filter(successions_in__predecessor__in=units, successions_in__kind__in=INHERITING).exclude(
            pk__in=units
        )
        paths = list(heirs.order_by().values_list("path", flat=True).distinct())
    blocs = Bloc.objects.filter(memberships__unit__in=units).order_by().values_list("pk", flat=True)
    return {("unit", pk) for pk in units} | {("bloc", pk) for pk in blocs}


@dataclass(frozen=True)
class _Units:
    """Units that follow each other in the tree. ``unfinished``: those of them beneath which others come after these."""

    ids: list[int]
    unfinished: list[int]
    until: str | None

    @classmethod
    def after(cls, path: str) -> Self:
        rows = list(Unit.objects.filter(path__gt=path).order_by("path").values_list("pk", "path")[: PART + 1])
        some, following = rows[:PART], rows[PART:]
        above = [pk for pk, way in some if following and following[0][1].startswith(way)]
        return cls([pk for pk, _way in some], above, some[-1][1] if following else None)

    def differences(self) -> Iterator[Difference]:
        """One owner after the other, without ever holding all totals; after the last unit what belongs to none."""
        yield from self._of_totals()
        yield from self._of_counts()
        if self.until is None:
            yield from _orphans()
            for unit_id, key, figures in orphans():
                yield Difference("unit", unit_id, key, figures, expected=None)

    def _of_totals(self) -> Iterator[Difference]:
        waiting: list[Account] = []
        for account in Ledger().accounts(self.ids, self.unfinished):
            waiting.append(account)
            if len(waiting) == STRIDE:
                yield from _compared(waiting)
                waiting = []
        yield from _compared(waiting)

    def _of_counts(self) -> Iterator[Difference]:
        for unit_id, kept, said in CarrierLedger().accounts(self.ids):
            for key in sorted(kept.keys() | said.keys()):
                if kept.get(key) != said.get(key):
                    yield Difference("unit", unit_id, key, kept.get(key), said.get(key))


def _compared(accounts: list[Account]) -> Iterator[Difference]:
    owners: tuple[Owner, ...] = ("unit", "bloc")
    stored = {owner: _stored(owner, [pk for which, pk, _said in accounts if which == owner]) for owner in owners}
    for owner, pk, expected in accounts:
        known = stored[owner].get(pk, {})
        for key in sorted(known.keys() | expected.keys(), key=str):
            if known.get(key) != expected.get(key):
                yield Difference(owner, pk, key, known.get(key), expected.get(key))


def _stored(owner: Owner, ids: list[int]) -> dict[int, dict[Key, Figures]]:
    """Owner id → its stored totals."""
    found: dict[int, dict[Key, Figures]] = {pk: {} for pk in ids}
    for pk, key, figures in stored_totals(owner, ids):
        found[pk][key] = figures
    return found


def _orphans() -> Iterator[Difference]:
    """Totals of units that are gone, and of blocs that nobody was ever in: no entry says anything of them."""
    unit, bloc = Unit.objects.filter(pk=OuterRef("unit_id")), Bloc.objects.filter(pk=OuterRef("bloc_id"))
    known = Q(Exists(unit.order_by())) | Q(Exists(bloc.filter(memberships__isnull=False).order_by()))
    rows = Rollup.objects.exclude(known).order_by("pk")
    for unit_id, bloc_id, *row in rows.values_list("unit_id", "bloc_id", *LINE, *FIGURES).iterator():
        owner: Owner = "unit" if unit_id is not None else "bloc"
        yield Difference(owner, unit_id or bloc_id, Key(*row[: len(LINE)]), Figures(*row[len(LINE) :]), expected=None)
