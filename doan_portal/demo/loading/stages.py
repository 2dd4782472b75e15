"""The order of loading: the ground, then nine months, each in a transaction; then the totals, once.

A stage's transaction ends inside a journey to the stage's last moment, so that what services do on
commit (notices) is dated then and not today.
"""

from collections.abc import Callable
from datetime import date

from django.db import connection, transaction
from django.db.models import F

from accounts.models import User
from core import clock, notices
from core.models import Notice
from doan_portal.demo.facts.people import PEOPLE
from doan_portal.demo.facts.resolution_qna import RESOLUTION
from doan_portal.demo.facts.units import CENTRE, REORGANISED_ON
from doan_portal.demo.generator import LAST_MONTH, MONTHS, Script, script_of
from reports.progress.models import Period
from reports.progress.services import create_periods
from reports.rollups.services import drain_dirty
from units.models import Unit

from .activities import live_through
from .allocations import CHANGED_ON, HANDED_DOWN_ON, HANDED_ON_DAY, change_share, hand_down, hand_on
from .months import extend_deadline, last_moment, open_month, play
from .organisation import MOVED_ON, change_bloc, found_organisation, reorganise
from .people import appoint_secretary, gather_people
from .plans import fill_catalogue, issue_plans
from .world import World, at

YEAR = 2024
FOUNDED_ON = date(2023, 7, 1)

Tell = Callable[[str], None]


class Refused(Exception):
    """The database holds another organisation; the demo is not mixed into it."""


def load(*, tell: Tell) -> bool:
    """Load what is not loaded yet and say so line by line; return whether there was anything to load.

    Raises ``Refused`` where the database holds units that are not the demo's.
    """
    missing = _months_missing()
    if not missing:
        return False
    if not _is_founded():
        if Unit.objects.exists():
            raise Refused
        tell("Bodies, people, plans and calendar …")
        _lay_ground()
    script = script_of()
    for month in missing:
        tell(f"{YEAR}-{month:02d} …")
        _live_month(month, script)
    tell("Totals …")
    drain_dirty()
    _count_rows()
    return True


def _count_rows() -> None:
    """Let PostgreSQL know how much there is now: until its own housekeeping comes round, it plans for empty tables."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _is_founded() -> bool:
    return User.objects.filter(username=PEOPLE[0].username, is_demo=True).exists()


def _months_missing() -> list[int]:
    """A month's transaction opens its period: what is open is loaded."""
    opened = Period.objects.filter(owner__code=CENTRE, year=YEAR, opened_at__isnull=False)
    loaded = set(opened.values_list("month", flat=True)) if _is_founded() else set()
    return [month for month in MONTHS if month not in loaded]


def _lay_ground() -> None:
    with clock.travel_to(at(RESOLUTION.issued_on, 12, 0)), transaction.atomic():
        with clock.travel_to(at(FOUNDED_ON)):
            gather_people(found_organisation())
            world = fill_catalogue(World.read())
        issue_plans(world)
        create_periods(owner=world.units[CENTRE], year=YEAR)


def _live_month(month: int, script: Script) -> None:
    """Everything that happened in the month, and its reporting in the days after it."""
    steps = script.steps[month]
    with clock.travel_to(last_moment(steps)), transaction.atomic():
        _read_notices()
        _change_bodies(month)
        world = World.read()
        _change_shares(month, world)
        live_through(world, month, script.outcomes)
        open_month(month)
        if month == LAST_MONTH:
            extend_deadline(world)
        play(world, steps)
    _post_notices()


def _read_notices() -> None:
    """What was told a month ago has been read since."""
    for person in User.objects.filter(notices__read_at__isnull=True).distinct():
        notices.mark_read(person)


def _post_notices() -> None:
    """The letters of these days came in these days."""
    Notice.objects.filter(emailed_at__isnull=True).update(emailed_at=F("created_at"))


def _change_bodies(month: int) -> None:
    if month == REORGANISED_ON.month:
        with clock.travel_to(at(REORGANISED_ON, 7, 30)):
            appoint_secretary(reorganise(World.read()))
    if month == MOVED_ON.month:
        with clock.travel_to(at(MOVED_ON, 7, 30)):
            change_bloc(World.read())


def _change_shares(month: int, world: World) -> None:
    if month == HANDED_DOWN_ON.month:
        hand_down(world)
    if month == HANDED_ON_DAY.month:
        hand_on(world)
    if month == CHANGED_ON.month:
        change_share(world)
