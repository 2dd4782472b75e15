"""Reading registrations. ``registrations_visible_to`` filters every list and is where every view fetches one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from accounts.enums import RoleName
from accounts.models import User
from accounts.scope import grants_of, units_for
from core import clock
from plans.enums import PlanState
from plans.models import Plan
from units.models import Bloc, BlocMembership, Unit, UnitQuerySet

from ..enums import RegistrationState, Scope
from ..models import Activity, Registration
from ..rules import RECORDING_ROLES
from ..selectors import activities_visible_to
from .rules import OPEN


@dataclass(frozen=True)
class Registrant:
    """In whose name something is registered: a unit, or a bloc of it (``bloc`` null: the unit itself)."""

    unit: Unit
    bloc: Bloc | None = None

    @property
    def key(self) -> str:
        return f"u{self.unit.pk}" if self.bloc is None else f"b{self.bloc.pk}"

    @property
    def name(self) -> str:
        return self.unit.name if self.bloc is None else self.bloc.name


def registrations_visible_to(user: User) -> QuerySet[Registration]:
    """Return every registration that exists for this person.

    Those of units and blocs for which one may register, and those that are one's to decide; nobody else's: siblings,
    members of a bloc and readers above see what was approved, as an activity.
    """
    speaks = Q(bloc__isnull=True, unit__in=units_for(user, *RECORDING_ROLES))
    return Registration.objects.filter(speaks | _of_own_blocs(user) | _to_decide(user))


def _of_own_blocs(user: User) -> Q:
    return Q(bloc__in=[grant.bloc_id for grant in grants_of(user) if grant.bloc_id is not None])


def _to_decide(user: User) -> Q:
    return Q(item__unit__in=units_for(user, RoleName.OFFICER))


def with_facts(registrations: QuerySet[Registration]) -> QuerySet[Registration]:
    """Fetch what rows and pages show of them."""
    return registrations.select_related("item__plan__unit", "item__unit", "unit", "bloc", "made_by", "activity")


def waiting_for(user: User) -> QuerySet[Registration]:
    """Return what waits for this person's decision."""
    return registrations_visible_to(user).filter(_to_decide(user), state=RegistrationState.REGISTERED)


def counts_by_state(registrations: QuerySet[Registration]) -> dict[str, int]:
    """Return how many stand in each state. One query."""
    states = {state.value: Count("pk", filter=Q(state=state)) for state in RegistrationState}
    return registrations.order_by().aggregate(**states)


def registrants_for(user: User, item: Activity) -> list[Registrant]:
    """Return in whose names the person may register under an activity that is open for it; blocs first.

    Units deep below are offered to their own people only: an officer above registers for those directly below.
    """
    own = [grant.unit_id for grant in grants_of(user)]
    units = _units_asked(item) & units_for(user, *RECORDING_ROLES)
    near = units.filter(Q(pk__in=own) | Q(parent=item.unit_id)).open_on(clock.today()).order_by("path")
    blocs = _blocs_asked(item).filter(
        Q(pk__in=[grant.bloc_id for grant in grants_of(user) if grant.bloc_id is not None])
        | Q(owner__in=units_for(user, RoleName.OFFICER))
    )
    return [
        *(Registrant(bloc.owner, bloc) for bloc in blocs.select_related("owner").order_by("number")),
        *(Registrant(unit) for unit in near),
    ]


def takes(item: Activity, unit: Unit, bloc: Bloc | None) -> bool:
    """Whether the activity asks this unit, or this bloc, so that it may register under it."""
    if bloc is not None:
        return bloc.owner_id == unit.pk and _blocs_asked(item).filter(pk=bloc.pk).exists()
    return unit.is_open_on(clock.today()) and _units_asked(item).filter(pk=unit.pk).exists()


def _units_asked(item: Activity) -> UnitQuerySet:
    """Everything beneath the body where all units do it at once; else the members of its bloc today."""
    if item.scope == Scope.ALL_UNITS:
        return Unit.objects.under(item.unit).exclude(pk=item.unit_id)
    members = BlocMembership.objects.on(clock.today()).filter(bloc=item.bloc_id)
    return Unit.objects.filter(pk__in=members.values("unit"))


def _blocs_asked(item: Activity) -> QuerySet[Bloc]:
    if item.scope == Scope.ALL_UNITS:
        return Bloc.objects.filter(owner=item.unit_id)
    return Bloc.objects.filter(pk__in=[item.bloc_id])


def items_open_to(user: User) -> QuerySet[Activity]:
    """Return the activities of bodies above under which one's own units or blocs may register."""
    paths = [grant.path for grant in grants_of(user) if grant.name in RECORDING_ROLES]
    above = {path[:end] for path in paths for end in range(Unit.steplen, len(path), Unit.steplen)}
    headed = [grant.bloc_id for grant in grants_of(user) if grant.bloc_id is not None]
    members = BlocMembership.objects.on(clock.today()).filter(unit__in=units_for(user, *RECORDING_ROLES))
    asking = (
        Q(scope=Scope.ALL_UNITS, unit__path__in=above)
        | Q(scope=Scope.BLOC, unit__path__in=above, bloc__in=members.values("bloc"))
        | Q(scope=Scope.ALL_UNITS, unit__in=Bloc.objects.filter(pk__in=headed).values("owner"))
        | Q(bloc__in=headed)
    )
    plans = Plan.objects.in_force().filter(state=PlanState.ISSUED)
    return activities_visible_to(user).filter(asking, plan__in=plans, plan__unit=F("unit"), state__in=OPEN)


@dataclass(frozen=True)
class Overview:
    """Who has registered under an activity, for who decides.

    ``units`` are those asked: open and directly below the body, or the members of the bloc. ``live`` are the
    registrations that were not withdrawn, also those of blocs and of units that were not asked.
    """

    units: Sequence[Unit]
    live: Sequence[Registration]

    def of(self, state: RegistrationState) -> list[Registration]:
        return [one for one in self.live if one.state == state]

    @property
    def approved(self) -> list[Registration]:
        return self.of(RegistrationState.APPROVED)

    @property
    def waiting(self) -> list[Registration]:
        return self.of(RegistrationState.REGISTERED)

    @property
    def returned(self) -> list[Registration]:
        return self.of(RegistrationState.RETURNED)

    @property
    def absent(self) -> list[Unit]:
        """Units asked that have registered nothing."""
        known = {one.unit_id for one in self.live if one.bloc_id is None}
        return [unit for unit in self.units if unit.pk not in known]

    @property
    def asked(self) -> int:
        return len(self.units)

    @property
    def done(self) -> int:
        """How many of the units asked have registered, whatever became of it."""
        return self.asked - len(self.absent)


def overview_of(item: Activity) -> Overview:
    """Return who has registered under the activity and who has not. Two queries."""
    units = _units_asked(item).open_on(clock.today())
    near = units.filter(parent=item.unit_id) if item.scope == Scope.ALL_UNITS else units
    rows = with_facts(item.registrations.exclude(state=RegistrationState.WITHDRAWN))
    return Overview(list(near.order_by("path")), list(rows.order_by("bloc__number", "unit__path", "sent_at", "pk")))


def approved_under(item: Activity, user: User) -> QuerySet[Activity]:
    """Return what was approved under the activity and exists for the person."""
    return activities_visible_to(user).filter(registration__item=item)
