"""What is made of the nightly self-audit: it is kept, and whoever looks after the portal is told where totals differ.

The audit itself is ``audit``. Nothing is put right by itself: a difference is a fault that somebody must understand.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from accounts import scope
from accounts.enums import RoleName
from accounts.models import Role, User
from core import notices
from reports.enums import Basis
from reports.progress.models import Period
from targets.models import Indicator
from units.models import Bloc, Unit

from .audit import Difference, Part, audit_part
from .models import SelfAudit

TOTALS_DIFFER = "reports.totals_differ"
# So many are looked for at most, so many listed, so many named in the notice.
MOST, LISTED, NAMED = 10_000, 200, 3
GONE = "–"
KEPT_FOR = timedelta(days=400)
LONGEST_SECONDS = 30


def register() -> None:
    """Name the kind of notice of this room; called once when the app is ready."""
    notices.register(TOTALS_DIFFER, gettext_lazy("Totals that do not agree with what was reported"), soon=True)


@dataclass(frozen=True)
class Place:
    """Where a total differs, in words."""

    owner: str
    indicator: str
    month: str
    basis: str

    def __str__(self) -> str:
        words = {"indicator": self.indicator, "owner": self.owner, "month": self.month}
        return _("%(indicator)s of %(owner)s, %(month)s") % words


def audit_tonight() -> SelfAudit | None:
    """Go on with the night's audit for ``LONGEST_SECONDS``; returned once, by whoever finds that all was looked at.

    Beat asks again until then, so that totals never wait long behind it, and one that was killed is gone on with. The
    same message twice looks at nothing twice in the record, and tells nobody twice.
    """
    night, until = timezone.localdate(), time.monotonic() + LONGEST_SECONDS
    while True:
        kept, _is_new = SelfAudit.objects.get_or_create(night=night)
        if kept.ended_at is not None:
            return None
        part = audit_part(kept.reached, most=max(MOST - kept.differences, 0))
        if _keep_part(kept, part) and part.until is None:
            return kept
        if time.monotonic() > until:
            return None


@transaction.atomic
def _keep_part(kept: SelfAudit, part: Part) -> bool:
    """Add what was found of a part, and tell of the first; false where another worker has added that part."""
    held = SelfAudit.objects.select_for_update().get(pk=kept.pk)
    if (held.reached, held.ended_at) != (kept.reached, None):
        return False
    kept.differences = held.differences + len(part.found)
    kept.listed = held.listed + [_ids(one) for one in part.found[: LISTED - len(held.listed)]]
    kept.reached = part.until or held.reached
    kept.ended_at = timezone.now() if part.until is None else None
    kept.save()
    if kept.ended_at is not None:
        _forget_before(kept.night)
    if kept.differences and not held.differences:
        _tell(kept)
    return True


@transaction.atomic
def keep_audit(found: Sequence[Difference], night: date) -> SelfAudit:
    """Keep what an audit of everything found as that of the night, in the place of another; told of once a night."""
    before = SelfAudit.objects.select_for_update().filter(night=night).first()
    kept, _is_first = SelfAudit.objects.update_or_create(
        night=night,
        defaults={
            "ended_at": timezone.now(),
            "differences": len(found),
            "listed": [_ids(one) for one in found[:LISTED]],
        },
    )
    _forget_before(night)
    is_open = before is None or (before.ended_at is None and not before.differences)
    if found and is_open:
        _tell(kept)
    return kept


def _forget_before(night: date) -> None:
    SelfAudit.objects.filter(night__lt=night - KEPT_FOR).delete()


def _ids(one: Difference) -> dict[str, str | int]:
    key = one.key
    return {one.owner: one.owner_id, "indicator": key.indicator, "period": key.period, "basis": key.basis}


def _tell(kept: SelfAudit) -> None:
    with override(settings.LANGUAGE_CODE):
        lines = [notices.Told(person, _words(kept, person), reverse("reports:self-audit")) for person in keepers()]
    notices.tell_each(kind=TOTALS_DIFFER, lines=lines)


def _words(kept: SelfAudit, reader: User) -> str:
    """How many totals differ, with the first of the places that exist for the reader."""
    places = "; ".join(map(str, places_of(kept, reader, most=NAMED)))
    if places:
        words = ngettext(
            "%(n)s total does not agree with what was reported: %(places)s.",
            "%(n)s totals do not agree with what was reported, among them: %(places)s.",
            kept.differences,
        )
    else:
        words = ngettext(
            "%(n)s total does not agree with what was reported.",
            "%(n)s totals do not agree with what was reported.",
            kept.differences,
        )
    return words % {"n": kept.differences, "places": places}


def keepers() -> list[User]:
    """The administrators of the topmost unit that has any: the portal as a whole is theirs to look after."""
    roles = Role.objects.filter(name=RoleName.ADMINISTRATOR, ended_at__isnull=True, user__is_active=True)
    top = roles.aggregate(depth=Min("unit__depth"))["depth"]
    return list(User.objects.filter(roles__in=roles.filter(unit__depth=top)).distinct().order_by("pk"))


def is_keeper(user: User) -> bool:
    """Whether the person is one of ``keepers``; asks nothing of the database for administrators of a topmost unit."""
    paths = [row.path for row in scope.grants_of(user) if row.name == RoleName.ADMINISTRATOR]
    if not paths or Unit.steplen in map(len, paths):
        return bool(paths)
    return user in keepers()


def last_audit() -> SelfAudit | None:
    """The newest audit that looked at everything; null where none was made yet."""
    return SelfAudit.objects.filter(ended_at__isnull=False).order_by("-night").first()


def places_of(kept: SelfAudit, reader: User, *, most: int = LISTED) -> list[Place]:
    """Where the first of the totals differed, in words, each place once; only in the subtree of this administrator.

    What is gone since is a dash, for those at the top.
    """
    names = _Names(kept.listed)
    found = dict.fromkeys(names.place(row) for row in kept.listed if _is_within(names.seat(row), reader))
    return list(found)[:most]


def _is_within(seat: Unit | None, reader: User) -> bool:
    """Whether the unit, or for a bloc its body, is this administrator's; one that is gone is the topmost unit's."""
    if seat is not None:
        return scope.holds(reader, seat, RoleName.ADMINISTRATOR)
    return any(row.name == RoleName.ADMINISTRATOR and len(row.path) == Unit.steplen for row in scope.grants_of(reader))


class _Names:
    """The names of everything that differences are at, in one query for each sort of thing."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.units = Unit.objects.in_bulk({row["unit"] for row in rows if "unit" in row})
        self.blocs = Bloc.objects.select_related("owner").in_bulk({row["bloc"] for row in rows if "bloc" in row})
        self.indicators = Indicator.objects.in_bulk({row["indicator"] for row in rows})
        self.periods = Period.objects.in_bulk({row["period"] for row in rows})

    def place(self, row: dict[str, Any]) -> Place:
        indicator, period = self.indicators.get(row["indicator"]), self.periods.get(row["period"])
        return Place(
            owner=self._owner(row),
            indicator=indicator.name if indicator else GONE,
            month=_("month %(month)s/%(year)s") % {"month": period.month, "year": period.year} if period else GONE,
            basis=str(Basis(row["basis"]).label),
        )

    def seat(self, row: dict[str, Any]) -> Unit | None:
        """The unit, or the body whose bloc it is; null where it is gone."""
        bloc = self.blocs.get(row.get("bloc", 0))
        return bloc.owner if bloc is not None else self.units.get(row.get("unit", 0))

    def _owner(self, row: dict[str, Any]) -> str:
        unit, bloc = self.units.get(row.get("unit", 0)), self.blocs.get(row.get("bloc", 0))
        if bloc is not None:
            return f"{bloc.name}, {bloc.owner.short_name}"
        return unit.short_name if unit else GONE
