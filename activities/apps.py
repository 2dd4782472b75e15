"""Django's entry for the app `activities`: what it registers with the apps beneath."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = _("Activities")

    def ready(self) -> None:
        from core.context import register_nav
        from plans import askers, beside
        from plans.excel.sheets import Sheet, register_sheet
        from plans.reading import steps
        from plans.versions import coverage, differences
        from plans.versions.copiers import register_copier
        from plans.writing import hanging
        from plans.writing.tabs import Tab, register_tab
        from targets import merging

        from .comments import notices as comments
        from .coverage import activities_covered
        from .differences import activities_part
        from .excel.views import register as register_workbooks
        from .filling import reminding as outcome_reminding
        from .following import follow
        from .models import Activity
        from .navigation import activities_item
        from .pages import activity_count, beside_sections
        from .proposals.reader import LAST_STEP, STEP, store_activities
        from .registering import notices as registering
        from .reminding import services as reminding
        from .resources import ActivityResource, activities_to_export
        from .selectors import plans_that_ask
        from .services import files
        from .versions import COPIER

        registering.register()
        register_workbooks()
        register_nav(activities_item)
        outcome_reminding.register()
        beside.register(beside_sections)
        askers.register(plans_that_ask)
        hanging.register(hanging.Hanger(Activity, activity_count))
        register_copier(COPIER)
        differences.register(activities_part)
        coverage.register(activities_covered)
        merging.register(follow)
        reminding.register()
        explain = _(
            "A row of a known key changes that activity; a row without a key adds one. A time is written like"
            " Tháng 3/2024, Quý II, 5–6/2024 or 26/3/2024, or as first and last day."
        )
        register_tab(Tab("activities", _("Activities"), "activities:of-draft", 40))
        register_sheet(Sheet("activities", _("Activities"), explain, ActivityResource, activities_to_export))
        files.register()
        comments.register()
        steps.register(store_activities)
        steps.register_step(STEP)
        steps.register_step(LAST_STEP)
