"""A small body and its year, made through the real services: what the tests of rules and examples play in.

``World`` is a body under the topmost unit with the twelve periods of 2024. Units report through the
doors of ``reports.progress.services`` and the totals are drained by the real engine.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from accounts.enums import RoleName
from accounts.models import User
from accounts.services import create_person, grant_role
from plans.models import Plan
from plans.services import create_plan, issue_plan, send_to_leader
from reports.progress import services as progress
from reports.progress.entries import EntryInput
from reports.progress.models import Period, ProgressReport
from reports.rollups.selectors import TargetResult, target_results
from reports.rollups.services import drain_dirty
from targets.models import Indicator, Target
from targets.services import add_target, propose_indicator
from units.enums import Kind
from units.models import Unit
from units.services import create_unit

OPENED = date(2020, 1, 1)
END_OF = {month: date(2024, month + 1, 1) - timedelta(days=1) for month in range(1, 12)} | {12: date(2024, 12, 31)}


def amount(value: int | str) -> EntryInput:
    return EntryInput(amount=Decimal(value))


def ratio(numerator: int | str, denominator: int | str) -> EntryInput:
    return EntryInput(numerator=Decimal(numerator), denominator=Decimal(denominator))


def done(on: date) -> EntryInput:
    return EntryInput(is_done=True, done_on=on)


NOT_DONE = EntryInput(is_done=False)


class World:
    """One body (``body``) under ``top``, its units, its plans; months are numbers of 2024."""

    def __init__(self, settings: Any, *, cut_off: int | None = None) -> None:
        self.settings = settings
        self.top = create_unit(
            code="TW", name="Trung ương Đoàn", kind=Kind.CENTRAL, opened_on=OPENED, is_reporting=False
        )
        self.body = create_unit(
            code="QNA", name="Tỉnh đoàn", kind=Kind.PROVINCE_UNION, parent=self.top, opened_on=OPENED
        )
        self.periods = {row.month: row for row in progress.create_periods(owner=self.top, year=2024, cut_off=cut_off)}
        self.clerk = self._officer("nhap.lieu", "Người nhập")
        self.officer = self._officer("can.bo.tw", "Người duyệt")
        self._drafts: dict[Unit, Plan] = {}
        self._made = 0

    def _officer(self, username: str, name: str) -> User:
        user = create_person(username=username, full_name=name, password=None)
        grant_role(actor=None, user=user, unit=self.top, name=RoleName.OFFICER)
        return user

    # --- The organisation and its commitments ------------------------------------------------

    def unit(self, code: str, *, parent: Unit | None = None, opened_on: date = OPENED, **more: Any) -> Unit:
        kind = more.pop("kind", Kind.GRASSROOTS_UNION if parent is None else Kind.BRANCH)
        return create_unit(
            code=code, name=f"Đoàn cơ sở {code}", kind=kind, parent=parent or self.body, opened_on=opened_on, **more
        )

    def units(self, count: int, **more: Any) -> list[Unit]:
        return [self.unit(f"QNA-{number:03d}", **more) for number in range(1, count + 1)]

    def indicator(self, kind: str = "amount", over_time: str | None = None, **more: Any) -> Indicator:
        self._made += 1
        return propose_indicator(
            owner=self.top,
            name=more.pop("name", f"Chỉ số {self._made}"),
            measure=more.pop("measure", "đơn vị"),
            kind=kind,
            over_time=over_time or ("sum" if kind == "amount" else "latest"),
            **more,
        )

    def target(
        self, indicator: Indicator, carried_by: str = "pooled", *, issuer: Unit | None = None, **more: Any
    ) -> Target:
        """Add a target to the issuer's draft; the plan runs from 1/1 to 31/12/2024."""
        issuer = issuer or self.body
        if issuer not in self._drafts:
            self._drafts[issuer] = create_plan(
                actor=None,
                unit=issuer,
                kind="resolution",
                title=f"Nghị quyết {len(self._drafts)}",
                starts_on=date(2024, 1, 1),
                ends_on=date(2024, 12, 31),
            )
        self._made += 1
        for name in ("minimum", "maximum", "required_share"):
            if more.get(name) is not None:
                more[name] = Decimal(more[name])
        return add_target(
            plan=self._drafts[issuer],
            code=f"C{self._made}",
            name=f"Chỉ tiêu {self._made}",
            indicator=indicator,
            carried_by=carried_by,
            **more,
        )

    def issue(self) -> None:
        """Issue all drafts; only then is anything asked."""
        for plan in self._drafts.values():
            self._made += 1
            send_to_leader(actor=None, plan=plan)
            issue_plan(actor=None, plan=plan, number=self._made, issued_on=date(2024, 1, 2), place="Quảng Nam")
        self._drafts = {}

    # --- Reporting ---------------------------------------------------------------------------

    def on(self, day: date) -> None:
        """Let the portal live on ``day``."""
        self.settings.PORTAL_TODAY = day

    def open(self, month: int) -> Period:
        """Open a period and live on a day on which its reports are in time."""
        period = self.periods[month]
        self.on(period.last_day + timedelta(days=1))
        progress.open_period(period=period)
        return period

    def report_of(self, unit: Unit, month: int) -> ProgressReport:
        return ProgressReport.objects.select_related("unit", "period").get(unit=unit, period=self.periods[month])

    def draft(self, unit: Unit, month: int, entries: dict[Indicator, EntryInput]) -> ProgressReport:
        self.open(month)
        report = self.report_of(unit, month)
        said = {indicator.pk: entry for indicator, entry in entries.items()}
        return progress.save_draft(actor=self.clerk, report=report, entries=said, narratives={}, version=report.version)

    def submit(self, unit: Unit, month: int, entries: dict[Indicator, EntryInput]) -> ProgressReport:
        report = self.draft(unit, month, entries)
        return progress.submit_report(actor=self.clerk, report=report, version=report.version)

    def approve(self, unit: Unit, month: int, entries: dict[Indicator, EntryInput]) -> ProgressReport:
        return progress.approve_report(actor=self.officer, report=self.submit(unit, month, entries))

    def correct(self, unit: Unit, month: int, entries: dict[Indicator, EntryInput]) -> ProgressReport:
        """Reopen an approved report, say something else, and have it approved."""
        progress.reopen_report(actor=self.officer, report=self.report_of(unit, month), reason="Sửa số liệu")
        return self.approve(unit, month, entries)

    # --- Asking ------------------------------------------------------------------------------

    def result(
        self,
        target: Target,
        month: int,
        *,
        unit: Unit | None = None,
        basis: str = "official",
        today: date | None = None,
    ) -> TargetResult:
        """How the target stands, asked on the day after the month's due day unless told otherwise."""
        drain_dirty()
        period = self.periods[month]
        self.on(today or period.due_on + timedelta(days=1))
        where = unit or target.plan.unit
        return target_results(targets=[target], unit=where, period=period, basis=basis)[0]
