"""Django's entry for the app `activities`: what it registers with the apps beneath."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = _("Activities")

    def ready(self) -> None:
        from core.context import register_nav
        from plans import askers, beside
        from targets import merging

        from .following import follow
        from .navigation import activities_item
        from .pages import beside_sections
        from .selectors import plans_that_ask

        register_nav(activities_item)
        beside.register(beside_sections)
        askers.register(plans_that_ask)
        merging.register(follow)
