"""Django's entry for the app `accounts`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and roles")

    def ready(self) -> None:
        from core import notices
        from core.audit import keep_log_of
        from core.context import register_nav

        from .models import Role, User
        from .navigation import units_item

        notices.register("accounts.role", _("Roles granted and ended in my units"))
        register_nav(units_item)
        keep_log_of(User, without=("password", "last_login"))
        keep_log_of(Role)
