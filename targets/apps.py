"""Django's entry for the app `targets`: what it registers with the apps beneath."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TargetsConfig(AppConfig):
    name = "targets"
    verbose_name = _("Targets")

    def ready(self) -> None:
        from core.audit import keep_log_of
        from core.context import register_nav
        from plans import askers, beside, checks, terms
        from plans.excel.sheets import Sheet, register_sheet
        from plans.reading import steps
        from plans.versions import coverage, differences
        from plans.versions.copiers import register_copier
        from plans.writing import hanging
        from plans.writing.tabs import Tab, register_tab

        from .asking import plans_that_ask
        from .checks import carriers_missing, outside_the_term
        from .coverage import targets_covered
        from .differences import targets_part
        from .models import Indicator, Target
        from .navigation import indicators_item
        from .pages import beside_sections, target_count
        from .proposals.reader import STEP, store_targets
        from .resources import TargetResource, targets_to_export
        from .sharing import excel_views, notices
        from .terms import follow_term
        from .versions import COPIER

        askers.register(plans_that_ask)
        beside.register(beside_sections)
        checks.register(carriers_missing)
        checks.register(outside_the_term)
        terms.register(follow_term)
        hanging.register(hanging.Hanger(Target, target_count))
        register_copier(COPIER)
        differences.register(targets_part)
        coverage.register(targets_covered)
        steps.register(store_targets)
        steps.register_step(STEP)
        register_nav(indicators_item)
        register_tab(Tab("targets", _("Targets"), "targets:list", 30))
        explain = _("A row of a known code changes that target; a new code adds one.")
        register_sheet(Sheet("targets", _("Targets"), explain, TargetResource, targets_to_export))
        excel_views.register()
        notices.register()
        keep_log_of(Indicator, without=("folded", "folded_measure"))
