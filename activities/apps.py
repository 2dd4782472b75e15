"""Django's entry for the app `activities`: what it registers with the apps beneath."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = _("Activities")

    def ready(self) -> None:
        from core.context import register_nav
        from targets import merging

        from .comments import notices as comments
        from .excel import views as workbooks
        from .filling import reminding as missing_outcomes
        from .following import follow
        from .navigation import activities_item
        from .registering import notices as registering
        from .reminding import services as reminding
        from .services import files

        self._join_plans()
        self._join_drafting()
        register_nav(activities_item)
        merging.register(follow)
        for room in (registering, missing_outcomes, reminding, comments, workbooks, files):
            room.register()

    def _join_plans(self) -> None:
        """What a plan asks by its activities, how they are shown with it, and how they follow its versions."""
        from plans import askers, beside
        from plans.versions import coverage, differences
        from plans.versions.copiers import register_copier

        from .coverage import activities_covered
        from .differences import activities_part
        from .pages import beside_sections
        from .selectors import plans_that_ask
        from .versions import COPIER

        askers.register(plans_that_ask)
        beside.register(beside_sections)
        register_copier(COPIER)
        differences.register(activities_part)
        coverage.register(activities_covered)

    def _join_drafting(self) -> None:
        """Activities where a plan is written: read from its document, by hand, from Excel."""
        from plans.excel.sheets import Sheet, register_sheet
        from plans.reading import steps
        from plans.writing import hanging
        from plans.writing.tabs import Tab, register_tab

        from .models import Activity
        from .pages import activity_count
        from .proposals.reader import LAST_STEP, STEP, store_activities
        from .resources import ActivityResource, activities_to_export

        steps.register(store_activities)
        steps.register_step(STEP)
        steps.register_step(LAST_STEP)
        hanging.register(hanging.Hanger(Activity, activity_count))
        register_tab(Tab("activities", _("Activities"), "activities:of-draft", 40))
        explain = _(
            "A row of a known key changes that activity; a row without a key adds one. A time is written like"
            " Tháng 3/2024, Quý II, 5–6/2024 or 26/3/2024, or as first and last day."
        )
        register_sheet(Sheet("activities", _("Activities"), explain, ActivityResource, activities_to_export))
