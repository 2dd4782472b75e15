"""Django's entry for the app `plans`: what it registers with the apps beneath."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = _("Plans")

    def ready(self) -> None:
        from core import notices
        from core.context import register_nav

        from .navigation import plans_item

        register_nav(plans_item)
        notices.register("plans.life", _("Plans sent, returned and issued"))
