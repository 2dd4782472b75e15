"""A random organisation and its first half-year, told by a seed: everything that ever changes a total, in any order."""

import random
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from plans.models import Plan
from plans.services import close_plan, issue_plan, send_to_leader
from plans.versions.amending import amend_plan
from reports.enums import ReportState
from reports.progress import services as progress
from reports.progress.models import Period, ProgressEntry, ProgressReport
from reports.progress.services.bounds import move_bounds
from reports.rollups.services import drain_dirty, mark_dirty, rebuild
from targets.models import Indicator, Target
from targets.services import allocate, merge_indicators, revise_target
from tests.rules.world import OPENED, World
from units.enums import Kind, SuccessionKind
from units.models import Bloc, Unit
from units.services import close_unit, create_bloc, create_unit, join_bloc, leave_bloc, split_off

MOMENT = datetime(2024, 6, 1, tzinfo=UTC)
MONTHS = range(1, 7)
STATES = ["draft", "submitted", "returned", "approved", "approved"]
KINDS = {2: Kind.DISTRICT_UNION, 3: Kind.GRASSROOTS_UNION, 4: Kind.BRANCH}
DEEPEST = 5


class Year:
    """Units at up to five depths, two blocs, five indicators; every step marks what it changes."""

    def __init__(self, portal_settings: Any, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - a test's dice
        self.world = World(portal_settings)
        self.blocs = [create_bloc(owner=self.world.body, number=number, name=f"Khối {number}") for number in (1, 2)]
        self.open_units = [self.world.body]
        for number in range(self.dice.randint(2, 7)):
            self.add_unit(number, OPENED)
        self.indicators = [
            self.world.indicator("amount", "sum", is_whole=False),
            self.world.indicator("amount", "sum", is_whole=False),
            self.world.indicator("amount", "latest"),
            self.world.indicator("ratio"),
            self.world.indicator("milestone"),
        ]
        self.taken: list[str] = []

    def steps(self) -> dict[str, int]:
        """What may happen, and how often against the others."""
        often = {"report": 10, "turn": 5, "withdraw": 2, "drain": 3}
        sometimes = {"open_period": 2, "issue": 3, "amend": 2, "allocate": 3, "join": 3, "close": 1, "merge": 1}
        seldom = {"leave": 1, "split": 1, "end_plan": 1, "merge_indicators": 1, "cut_off": 1, "rebuild": 1}
        return {**often, **sometimes, **seldom}

    def step(self, number: int) -> None:
        names = self.steps()
        (name,) = self.dice.choices(list(names), weights=list(names.values()))
        self.taken.append(name)
        getattr(self, name)(number)

    # --- Reports -----------------------------------------------------------------------------

    def report(self, _number: int) -> None:
        """A unit tells a month, which may be long gone."""
        unit, period = self.dice.choice(self.open_units), self.a_period()
        report, _made = ProgressReport.objects.get_or_create(unit=unit, period=period)
        for indicator in self.dice.sample(self.indicators, self.dice.randint(1, len(self.indicators))):
            ProgressEntry.objects.update_or_create(report=report, indicator=indicator, defaults=self.figures(indicator))
        self.move(report)

    def figures(self, indicator: Indicator) -> dict[str, Any]:
        if self.dice.random() < 0.1:
            return {"amount": None, "numerator": None, "denominator": None, "is_done": None, "done_on": None}
        if indicator.kind == "ratio":
            whole = self.dice.randint(0, 9)
            return {"numerator": Decimal(self.dice.randint(0, whole)), "denominator": Decimal(whole)}
        if indicator.kind == "milestone":
            is_done = self.dice.random() < 0.6
            return {"is_done": is_done, "done_on": date(2024, self.dice.choice(MONTHS), 9) if is_done else None}
        return {"amount": Decimal(self.dice.randint(0, 99999)) / 10000}

    def move(self, report: ProgressReport) -> None:
        report.state = self.dice.choice(STATES)
        report.submitted_at = report.first_submitted_at = report.approved_at = MOMENT
        report.save()
        mark_dirty(unit=report.unit, period=report.period)

    def turn(self, _number: int) -> None:
        """A report comes to another state, whatever it was."""
        report = self.one_of(ProgressReport.objects.order_by("pk"))
        if report is not None:
            self.move(report)

    def withdraw(self, _number: int) -> None:
        """What was handed in goes back, what was approved is reopened: by the services themselves."""
        counted = ProgressReport.objects.filter(state__in=[ReportState.SUBMITTED, ReportState.APPROVED])
        report = self.one_of(counted.exclude(unit=self.world.top).order_by("pk"))
        if report is not None:
            back = progress.return_report if report.state == ReportState.SUBMITTED else progress.reopen_report
            back(actor=self.world.officer, report=report, reason="Sai")

    def open_period(self, _number: int) -> None:
        Period.objects.filter(month=self.dice.choice(MONTHS)).update(opened_at=MOMENT)

    def cut_off(self, _number: int) -> None:
        """A month that nobody has told yet ends on another day."""
        period = self.a_period()
        last_day = date(2024, period.month, self.dice.choice([15, 20, 28]))
        with suppress(ValidationError):  # somebody has
            move_bounds(period=period, first_day=period.first_day, last_day=last_day)

    # --- Plans -------------------------------------------------------------------------------

    def issue(self, _number: int) -> None:
        indicator = self.dice.choice(self.indicators)
        is_milestone = indicator.kind == "milestone"
        carried_by = self.dice.choice(
            ["issuer_own", "each_unit"] if is_milestone else ["pooled", "each_unit", "each_bloc"]
        )
        more: dict[str, Any] = {"minimum": None if is_milestone else self.dice.randint(1, 9)}
        if carried_by.startswith("each"):
            more["required_share"] = 100
        if carried_by == "each_unit":
            more["carrier_reach"] = self.dice.choice(["direct", "all"])
        first = self.dice.choice(MONTHS)
        more["starts_on"] = date(2024, first, 1)
        if self.dice.random() < 0.5:
            more["due_on"] = date(2024, self.dice.randint(first, 6) + 1, 1) - timedelta(days=1)
        with suppress(ValidationError), transaction.atomic():  # nobody is left beneath who would carry it
            self.world.target(indicator, carried_by, **more)
            self.world.issue()
        self.world._drafts = {}

    def amend(self, number: int) -> None:
        """One target of a plan in force begins at another time and asks for something else."""
        plan = self.one_of(Plan.objects.in_force().filter(state="issued").order_by("pk"))
        if plan is None:
            return
        with suppress(ValidationError), transaction.atomic():  # as above
            amendment = amend_plan(actor=None, plan=plan)
            target = self.one_of(amendment.targets.order_by("pk"))
            assert target is not None
            starts_on = min(date(2024, self.dice.choice(MONTHS), 1), target.due_on)
            minimum = None if target.minimum is None else Decimal(self.dice.randint(1, 9))
            revise_target(target=target, starts_on=starts_on, minimum=minimum)
            send_to_leader(actor=None, plan=amendment)
            issue_plan(actor=None, plan=amendment, number=1000 + number, issued_on=date(2024, 1, 2), place="Quảng Nam")

    def end_plan(self, _number: int) -> None:
        plan = self.one_of(Plan.objects.in_force().filter(state="issued").order_by("pk"))
        if plan is not None:
            close_plan(actor=None, plan=plan, reason="Hết hạn")

    def allocate(self, _number: int) -> None:
        shareable = Target.objects.filter(plan__state="issued", plan__in=Plan.objects.in_force())
        target = self.one_of(shareable.exclude(carried_by="issuer_own").order_by("pk"))
        beneath = [unit for unit in self.open_units if unit.pk != self.world.body.pk]
        if target is not None and beneath:
            with suppress(ValidationError):  # a share from that day is there, or the unit is not there yet
                allocate(
                    actor=None,
                    target=target,
                    unit=self.dice.choice(beneath),
                    minimum=Decimal(self.dice.randint(1, 9)),
                    effective_on=date(2024, self.dice.choice(MONTHS), self.dice.choice([1, 15])),
                    handed_by=self.world.body,
                )

    def merge_indicators(self, _number: int) -> None:
        first, second = self.indicators[:2]
        if second.over_time == first.over_time:
            self.indicators.remove(second)
            merge_indicators(actor=None, source=second, into=first)

    # --- The organisation --------------------------------------------------------------------

    def add_unit(self, number: int, opened_on: date) -> Unit:
        parents = [unit for unit in self.open_units if unit.depth < DEEPEST]
        parent = Unit.objects.get(pk=self.dice.choice(parents).pk)
        unit = create_unit(
            code=f"U{number}", name=f"Đơn vị {number}", kind=KINDS[parent.depth], parent=parent, opened_on=opened_on
        )
        self.open_units.append(unit)
        return unit

    def join(self, _number: int) -> None:
        unit, day = self.a_member(), date(2024, self.dice.choice(MONTHS), self.dice.choice([1, 15]))
        if unit is not None and not unit.bloc_memberships.filter(starts_on__gte=day).exists():
            join_bloc(unit=unit, bloc=Bloc.objects.get(number=self.dice.choice([1, 2])), on=day)

    def leave(self, _number: int) -> None:
        unit, day = self.a_member(), date(2024, self.dice.choice(MONTHS), self.dice.choice([1, 15]))
        if unit is not None and not unit.bloc_memberships.filter(starts_on__gte=day).exists():
            leave_bloc(unit=unit, on=day)

    def close(self, number: int) -> None:
        """A unit closes, and a new one takes over from it."""
        unit, day = self.a_leaver()
        if unit is not None:
            heir = self.add_unit(100 + number, day)
            close_unit(unit=unit, on=day, successors=[(heir, SuccessionKind.WHOLE)])

    def merge(self, _number: int) -> None:
        """A unit goes over into another one that stood before."""
        unit, day = self.a_leaver()
        others = [one for one in self.open_units if one.opened_on < day and one.pk != self.world.body.pk]
        if unit is not None and others:
            into = self.dice.choice(others)
            close_unit(unit=unit, on=day, successors=[(into, SuccessionKind.MERGED)])
        elif unit is not None:
            close_unit(unit=unit, on=day)

    def split(self, number: int) -> None:
        origin = self.dice.choice(self.open_units)
        split_off(unit=self.add_unit(200 + number, date(2024, self.dice.choice(MONTHS), 1)), origin=origin)

    # --- Totals ------------------------------------------------------------------------------

    def drain(self, _number: int) -> None:
        drain_dirty(limit=self.dice.randint(1, 3))

    def rebuild(self, _number: int) -> None:
        rebuild()

    # --- Choosing ----------------------------------------------------------------------------

    def a_period(self) -> Period:
        return Period.objects.get(month=self.dice.choice(MONTHS))

    def one_of(self, rows: Any) -> Any:
        known = list(rows)
        return self.dice.choice(known) if known else None

    def a_member(self) -> Unit | None:
        direct = [unit for unit in self.open_units if unit.parent_id == self.world.body.pk]
        return self.dice.choice(direct or [None])

    def a_leaver(self) -> tuple[Unit | None, date]:
        """A unit that may close on the day, taken from those that are open; null where the dice fell on another."""
        unit = Unit.objects.get(pk=self.dice.choice(self.open_units).pk)
        day = date(2024, self.dice.choice(MONTHS), self.dice.choice([1, 20]))
        has_later = (
            unit.bloc_memberships.filter(starts_on__gte=day).exists()
            or unit.successions_in.filter(predecessor__closed_on__gte=day).exists()
        )
        if unit.pk == self.world.body.pk or day <= unit.opened_on or has_later or unit.children.open_on(day).exists():
            return None, day
        self.open_units = [one for one in self.open_units if one.pk != unit.pk]
        return unit, day
