"""Makes organisations of any size with 24 indicators and the months of 2024, by COPY into an empty PostgreSQL database.

    python -m benchmarks.make_province --units 2000 --months 12

fills the database of DATABASE_URL (migrated, empty). A central body stands over provinces of some 1,600 units: up to
150 grassroots units each, and branches under these. Every unit but the topmost reports on all 24 indicators. The few
things that exist once (catalogue, plans, calendar) are made by the services, what exists a thousand times is copied.
"""

import argparse
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from benchmarks.figures import KINDS, members_of, said
from benchmarks.telling import head

OPENED = date(2020, 1, 1)
PROVINCE, GRASSROOTS, IN_A_BLOC = 1600, 150, 15
YEAR = 2024
PASSWORD = "do-tai-2024"  # noqa: S105 - of accounts that live as long as a run
WAITING = ("none", "not_started", "submitted")


@dataclass(frozen=True)
class Place:
    """One unit: its number from 1 on (its primary key too), its way in the tree, its kind."""

    number: int
    code: str
    depth: int
    parent: int | None
    step: int
    kind: str
    level: int
    children: int


@dataclass(frozen=True)
class Made:
    """What was made: the units that report, by their numbers, and the indicators in the order of ``KINDS``."""

    places: tuple[Place, ...]
    indicators: tuple[int, ...]

    @property
    def reporting(self) -> tuple[Place, ...]:
        return self.places[1:]


def tree(units: int) -> list[Place]:
    """Exactly so many units, each after the one that it stands under."""
    numbers = count(1)
    rest = units - 1
    shares = _shares(rest, max(1, round(rest / PROVINCE)))
    places = [Place(next(numbers), "TW", 1, None, 1, "central", 1, len(shares))]
    for step, share in enumerate(shares, start=1):
        places += _province(f"P{step:03d}", step, share, numbers)
    return places


def _province(code: str, step: int, units: int, numbers: Iterator[int]) -> Iterator[Place]:
    below = units - 1
    shares = _shares(below, min(GRASSROOTS, max(1, below // 4))) if below else []
    province = Place(next(numbers), code, 2, 1, step, "province_union", 2, len(shares))
    yield province
    for place, share in enumerate(shares, start=1):
        kind = "grassroots_union" if share > 1 else "grassroots_branch"
        union = Place(next(numbers), f"{code}-{place:03d}", 3, province.number, place, kind, 4, share - 1)
        yield union
        for branch in range(1, share):
            yield Place(next(numbers), f"{union.code}-{branch:02d}", 4, union.number, branch, "branch", 5, 0)


def _shares(whole: int, parts: int) -> list[int]:
    return [whole // parts + (place < whole % parts) for place in range(parts)]


def make_province(*, units: int, months: int = 12, waiting: str = "none") -> Made:
    """Fill the empty database; ``months`` are reported and approved, the one after waits as ``waiting`` says.

    Totals are not made: ``reports.rollups.services.rebuild`` makes them. Raises SystemExit where the database is not
    PostgreSQL or not empty.
    """
    from django.db import connection

    from units.models import Unit

    if connection.vendor != "postgresql" or Unit.objects.exists():
        raise SystemExit("This fills an empty PostgreSQL database only: see DATABASE_URL.")
    if units < 3 or not 0 <= months <= 12 - (waiting != "none"):
        raise SystemExit("At least 3 units, and a year has 12 months.")
    places = tree(units)
    _copy_units(places)
    _copy_people(places)
    made = Made(tuple(places), tuple(_issue_plans(places)))
    _copy_reports(made, months, waiting)
    _set_sequences()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def copy(table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """Send the rows to the table as they are made, without ever holding all of them."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", _Stream(rows))


class _Stream:
    """The rows in PostgreSQL's text format, as a file that is read."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self._lines = ("\t".join(map(_written, row)) + "\n" for row in rows)
        self._left = ""

    def read(self, size: int = 8192) -> str:
        parts, held = [self._left], len(self._left)
        while held < size and (line := next(self._lines, "")):
            parts.append(line)
            held += len(line)
        text = "".join(parts)
        self._left = text[size:]
        return text[:size]


def _written(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value)


def _copy_units(places: list[Place]) -> None:
    from units.models import Unit

    paths: dict[int | None, str] = {None: ""}
    for place in places:
        paths[place.number] = Unit._get_path(paths[place.parent], place.depth, place.step)
    copy(
        "units_unit",
        "id, path, depth, numchild, code, name, short_name, folded, level, kind, parent_id, is_reporting, opened_on, "
        "paper_name, superior_paper_name, place_of_issue, symbol_suffix",
        (
            (
                *(place.number, paths[place.number], place.depth, place.children, place.code),
                *(f"Đơn vị {place.code}", f"Đơn vị {place.code}", f"don vi {place.code.lower()}"),
                *(place.level, place.kind, place.parent, place.parent is not None, OPENED, "", "", "", "ĐTN"),
            )
            for place in places
        ),
    )
    copy(
        "units_headcount",
        "unit_id, as_of, members",
        ((place.number, date(YEAR, 1, 1), members_of(place.number)) for place in places),
    )
    _copy_blocs([place for place in places if place.depth == 3])


def _copy_blocs(grassroots: list[Place]) -> None:
    blocs: dict[tuple[int | None, int], int] = {}
    for place in grassroots:
        blocs.setdefault((place.parent, (place.step - 1) // IN_A_BLOC + 1), len(blocs) + 1)
    copy(
        "units_bloc",
        "id, owner_id, number, name",
        ((bloc, owner, number, f"Khối thi đua số {number}") for (owner, number), bloc in blocs.items()),
    )
    copy(
        "units_blocmembership",
        "bloc_id, unit_id, starts_on",
        ((blocs[place.parent, (place.step - 1) // IN_A_BLOC + 1], place.number, OPENED) for place in grassroots),
    )


def _copy_people(places: list[Place]) -> None:
    """A secretary for each unit, of the unit's own number; an officer and a leader of each body with units below."""
    from django.contrib.auth.hashers import make_password

    password, moment = make_password(PASSWORD), datetime(2020, 1, 1, tzinfo=UTC)
    above = [(name, place) for name in ("officer", "leader") for place in places if place.depth < 3]
    people = [("secretary", place) for place in places] + above
    copy(
        "accounts_user",
        "id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined, "
        "full_name, title, is_demo",
        (
            (
                number,
                password,
                False,
                username(name, place.code),
                "",
                "",
                "",
                False,
                True,
                moment,
                f"{name} {place.code}",
                "",
                False,
            )
            for number, (name, place) in enumerate(people, start=1)
        ),
    )
    copy(
        "accounts_role",
        "user_id, unit_id, name",
        ((number, place.number, name) for number, (name, place) in enumerate(people, start=1)),
    )


def username(role: str, code: str) -> str:
    """The account of a role at a unit: "secretary.p001-003"."""
    return f"{role}.{code.lower()}"


def _issue_plans(places: list[Place]) -> list[int]:
    """The topmost body asks everybody for everything; each province makes twelve of the targets its own.

    Returns the ids of the indicators in the order of ``KINDS``.
    """
    from plans.services import create_plan, issue_plan, send_to_leader
    from targets.services import add_target, propose_indicator
    from units.models import Unit

    bodies = list(Unit.objects.filter(pk__in=[place.number for place in places if place.depth < 3]))
    indicators = [
        propose_indicator(
            owner=bodies[0],
            name=kind.name,
            measure=kind.measure,
            kind=kind.kind,
            over_time=kind.over_time,
            topic=kind.topic,
        )
        for kind in KINDS
    ]
    for body in bodies:
        plan = create_plan(
            actor=None,
            unit=body,
            kind="resolution",
            title=f"Chương trình công tác {body.code}",
            starts_on=date(YEAR, 1, 1),
            ends_on=date(YEAR, 12, 31),
        )
        step = 1 if body.depth == 1 else 2
        for place in range(0, len(KINDS), step):
            facts = _target(KINDS[place].kind, pooled=body.depth == 1 or place % 4 == 0)
            add_target(plan=plan, code=f"1.{place + 1}", name=KINDS[place].name, indicator=indicators[place], **facts)
        send_to_leader(actor=None, plan=plan)
        issue_plan(actor=None, plan=plan, number=1, issued_on=date(YEAR, 1, 2), place="Hà Nội")
    return [indicator.pk for indicator in indicators]


def _target(kind: str, *, pooled: bool) -> dict[str, Any]:
    bounds = {"amount": {"minimum": Decimal(50)}, "ratio": {"minimum": Decimal(80)}, "milestone": {}}[kind]
    if pooled and kind != "milestone":
        return {"carried_by": "pooled", **bounds}
    return {"carried_by": "each_unit", "carrier_reach": "all", "required_share": Decimal(100), **bounds}


def _copy_reports(made: Made, months: int, waiting: str) -> None:
    """Reports with their history and entries, month by month; the calendar is the topmost body's."""
    from reports.progress.services import create_periods
    from units.models import Unit

    periods = create_periods(owner=Unit.objects.get(pk=1), year=YEAR)
    opened = periods[: months + (waiting != "none")]
    officer = len(made.places) + 1
    for place, period in enumerate(opened):
        state = "approved" if place < months else waiting
        period.opened_at = datetime(period.last_day.year, period.last_day.month, period.last_day.day, 18, tzinfo=UTC)
        period.save(update_fields=["opened_at"])
        first = place * len(made.reporting)
        reports = [(first + number, unit) for number, unit in enumerate(made.reporting, start=1)]
        _copy_month(period.pk, period.opened_at, state, officer, reports)
        if state != "not_started":
            _copy_entries(made, place + 1, reports)


STEPS = (("save", "not_started", "draft"), ("submit", "draft", "submitted"), ("approve", "submitted", "approved"))
STEPS_TO = {"not_started": 0, "submitted": 2, "approved": 3}


def _copy_month(period: int, moment: datetime, state: str, officer: int, reports: list[tuple[int, Place]]) -> None:
    steps = STEPS_TO[state]
    submitted, approved = (moment if steps >= 2 else None), (moment if steps == 3 else None)
    copy(
        "reports_progressreport",
        "id, unit_id, period_id, state, version, saved_at, first_submitted_at, submitted_at, submitted_by_id, "
        "approved_at, approved_by_id",
        (
            (
                *(report, unit.number, period, state, steps, submitted, submitted, submitted),
                *(submitted and unit.number, approved, approved and officer),
            )
            for report, unit in reports
        ),
    )
    copy(
        "reports_reportevent",
        "report_id, action, from_state, to_state, actor_id, on_behalf, at, reason",
        (
            (report, *step, officer if step[0] == "approve" else unit.number, False, moment, "")
            for report, unit in reports
            for step in STEPS[:steps]
        ),
    )


def _copy_entries(made: Made, month: int, reports: list[tuple[int, Place]]) -> None:
    copy(
        "reports_progressentry",
        "report_id, indicator_id, amount, numerator, denominator, is_done, done_on, note, entered_by_id",
        (
            (report, indicator, one.amount, one.numerator, one.denominator, one.is_done, one.done_on, "", unit.number)
            for report, unit in reports
            for place, indicator in enumerate(made.indicators)
            if not (one := said(unit.number, place, month)).is_silent
        ),
    )


def _set_sequences() -> None:
    """The next row of each table comes after those that were copied."""
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(apps.get_models())):
            cursor.execute(statement)


def main() -> None:
    import django

    words = argparse.ArgumentParser(description="Fill the empty PostgreSQL database of DATABASE_URL.")
    words.add_argument("--units", type=int, default=2000)
    words.add_argument("--months", type=int, default=12, help="months reported and approved")
    words.add_argument("--waiting", choices=WAITING, default="none", help="the month after these")
    words.add_argument("--totals", action="store_true", help="make the totals too")
    asked = words.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doan_portal.settings")
    django.setup()
    head(units=asked.units, months=asked.months, indicators=len(KINDS))
    began = time.perf_counter()
    make_province(units=asked.units, months=asked.months, waiting=asked.waiting)
    print(f"made in {time.perf_counter() - began:.1f} s")
    if asked.totals:
        from reports.rollups.services import rebuild

        rebuild()
        print(f"with totals {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
