"""The self-audit: totals and counts of carriers said anew by another way and held against the stored ones.

The other ways are ``ledger`` and ``carrier_ledger``. Source: domain, rule 16. What is made of it at night is
``nightly``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from reports.rollups.models import DirtyMark, Rollup
from units.models import Bloc, Unit
from units.selectors import INHERITING

from .carrier_ledger import CarrierFigures, CarrierLedger, CaseKey, orphans
from .ledger import STRIDE, Figures, Key, Ledger
from .services import drain_dirty
from .statements import FIGURES, LINE
from .store import Owner

ATTEMPTS = 3


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


def audit_rollups(*, most: int | None = None) -> list[Difference]:
    """Every difference between stored totals and entries, or the first ``most``; expected: none, ever.

    What is marked is brought up to date first. What changes while the audit reads does not disturb it, and nobody
    waits for it: on PostgreSQL it sees one moment, on SQLite writers take turns with it. What was marked in that very
    moment is not in the totals yet, so then it looks again, and at last leaves out what is above such marks.
    """
    for _attempt in range(ATTEMPTS):
        drain_dirty()
        with _one_moment():
            found = list(islice(chain(differences(), carrier_differences()), most))
            marked = list(DirtyMark.objects.values_list("unit__path", flat=True).distinct())
            if not found or not marked:
                return found
            awaited = _above(marked)
    return [one for one in found if (one.owner, one.owner_id) not in awaited]


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


def differences() -> Iterator[Difference]:
    """Find the differences one owner after the other, without ever holding all totals."""
    waiting: list[tuple[Owner, int, dict[Key, Figures]]] = []
    for account in Ledger().accounts():
        waiting.append(account)
        if len(waiting) == STRIDE:
            yield from _compared(waiting)
            waiting = []
    yield from _compared(waiting)
    yield from _orphans()


def carrier_differences() -> Iterator[Difference]:
    """The same of the counts of carriers."""
    for unit_id, kept, said in CarrierLedger().accounts():
        for key in sorted(kept.keys() | said.keys()):
            if kept.get(key) != said.get(key):
                yield Difference("unit", unit_id, key, kept.get(key), said.get(key))
    for unit_id, key, figures in orphans():
        yield Difference("unit", unit_id, key, figures, expected=None)


def _compared(accounts: list[tuple[Owner, int, dict[Key, Figures]]]) -> Iterator[Difference]:
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
    rows = Rollup.objects.filter(**{f"{owner}__in": ids}).order_by() if ids else Rollup.objects.none()
    for pk, *row in rows.values_list(f"{owner}_id", *LINE, *FIGURES).iterator():
        found[pk][Key(*row[: len(LINE)])] = Figures(*row[len(LINE) :])
    return found


def _orphans() -> Iterator[Difference]:
    """Totals of units that are gone, and of blocs that nobody was ever in: no entry says anything of them."""
    unit, bloc = Unit.objects.filter(pk=OuterRef("unit_id")), Bloc.objects.filter(pk=OuterRef("bloc_id"))
    known = Q(Exists(unit.order_by())) | Q(Exists(bloc.filter(memberships__isnull=False).order_by()))
    rows = Rollup.objects.exclude(known).order_by("pk")
    for unit_id, bloc_id, *row in rows.values_list("unit_id", "bloc_id", *LINE, *FIGURES).iterator():
        owner: Owner = "unit" if unit_id is not None else "bloc"
        yield Difference(owner, unit_id or bloc_id, Key(*row[: len(LINE)]), Figures(*row[len(LINE) :]), expected=None)
