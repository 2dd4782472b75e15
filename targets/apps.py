"""Django's entry for the app `targets`: what it registers with the apps beneath."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TargetsConfig(AppConfig):
    name = "targets"
    verbose_name = _("Targets")

    def ready(self) -> None:
        from core.audit import keep_log_of
        from core.context import register_nav
        from plans import askers, beside, checks

        from .asking import plans_that_ask
        from .checks import carriers_missing
        from .models import Indicator
        from .navigation import indicators_item
        from .pages import beside_sections

        askers.register(plans_that_ask)
        beside.register(beside_sections)
        checks.register(carriers_missing)
        register_nav(indicators_item)
        keep_log_of(Indicator, without=("folded", "folded_measure"))
