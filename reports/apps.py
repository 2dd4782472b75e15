"""Django's entry for the app `reports`: what its rooms register with the apps beneath."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from core.audit import keep_log_of

        from .checks import check_sqlite
        from .documents import services as documents
        from .documents.scorecards import services as scorecards
        from .models import DeadlineRule, Period, PeriodDeadline
        from .progress import changed_outcomes, notices
        from .progress.excel import views as excel
        from .progress.services import evidence
        from .rollups import nightly

        keep_log_of(Period, PeriodDeadline, DeadlineRule)
        checks.register(check_sqlite)
        notices.register()
        changed_outcomes.register()
        nightly.register()
        excel.register()
        documents.register()
        scorecards.register()
        evidence.register()
        self._join_pages()
        self._follow_changes()

    def _join_pages(self) -> None:
        """Where the portal leads to figures and papers, and what of them stands on the pages of plans and units."""
        from accounts.beside import unit_parts
        from activities.beside import calendar_links
        from core.context import register_nav
        from plans import beside
        from plans.beside import plan_parts
        from targets.sharing import results
        from targets.sharing.beside import share_links

        from .dashboards.nav import dashboard_item
        from .dashboards.standing import plan_part, unit_part
        from .documents.allocations.beside import shares_link
        from .documents.calendars.beside import calendar_link
        from .documents.navigation import documents_item
        from .documents.plan_papers.beside import beside_plan
        from .documents.scorecards.beside import unit_part as scorecards_part
        from .progress.nav import report_items
        from .progress.period_navigation import periods_item
        from .rollups.past import results_a_year_before

        register_nav(dashboard_item)
        register_nav(report_items)
        register_nav(periods_item)
        register_nav(documents_item)
        plan_parts.register(plan_part)
        unit_parts.register(unit_part)
        unit_parts.register(scorecards_part)
        beside.register(beside_plan)
        share_links.register(shares_link)
        calendar_links.register(calendar_link)
        results.register(results_a_year_before)

    def _follow_changes(self) -> None:
        """Whatever changes totals without a report: merged indicators, plans issued, shares, units."""
        from plans import changes as plan_changes
        from targets import changes as asked_changes
        from targets import merging
        from units import changes

        from .rollups.merging import follow
        from .rollups.services import follow_issue, mark_asked_from, mark_changed_from, mark_opened

        merging.register(follow)
        plan_changes.register(follow_issue)
        changes.register(mark_changed_from)
        changes.register_opening(mark_opened)
        asked_changes.register(mark_asked_from)
