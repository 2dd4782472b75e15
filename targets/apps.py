"""Django's entry for the app `targets`: what it registers with the apps beneath."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TargetsConfig(AppConfig):
    name = "targets"
    verbose_name = _("Targets")

    def ready(self) -> None:
        from core.audit import keep_log_of
        from core.context import register_nav

        from .models import Indicator
        from .navigation import indicators_item
        from .sharing import excel_views, notices

        self._join_plans()
        self._join_drafting()
        register_nav(indicators_item)
        excel_views.register()
        notices.register()
        keep_log_of(Indicator, without=("folded", "folded_measure"))

    def _join_plans(self) -> None:
        """What a plan asks by its targets, how they are shown with it, and how they follow it through its versions."""
        from plans import askers, beside, checks, terms
        from plans.versions import coverage, differences
        from plans.versions.copiers import register_copier

        from .asking import plans_that_ask
        from .checks import carriers_missing, outside_the_term
        from .coverage import targets_covered
        from .differences import targets_part
        from .pages import beside_sections
        from .terms import follow_term
        from .versions import COPIER

        askers.register(plans_that_ask)
        beside.register(beside_sections)
        checks.register(carriers_missing)
        checks.register(outside_the_term)
        terms.register(follow_term)
        register_copier(COPIER)
        differences.register(targets_part)
        coverage.register(targets_covered)

    def _join_drafting(self) -> None:
        """Targets where a plan is written: read from its document, by hand, from Excel."""
        from plans.excel.sheets import Sheet, register_sheet
        from plans.reading import steps
        from plans.writing import hanging
        from plans.writing.tabs import Tab, register_tab

        from .models import Target
        from .pages import target_count
        from .proposals.reader import STEP, store_targets
        from .resources import TargetResource, targets_to_export

        steps.register(store_targets)
        steps.register_step(STEP)
        hanging.register(hanging.Hanger(Target, target_count))
        register_tab(Tab("targets", _("Targets"), "targets:list", 30))
        explain = _("A row of a known code changes that target; a new code adds one.")
        register_sheet(Sheet("targets", _("Targets"), explain, TargetResource, targets_to_export))
