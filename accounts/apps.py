"""Django's entry for the app `accounts`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from core import notices
        from core.context import register_nav

        from .navigation import units_item

        notices.register("accounts.role", _("Roles granted and ended in my units"))
        register_nav(units_item)
