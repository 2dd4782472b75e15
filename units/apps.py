"""Django's entry for the app `units`: whose changes are logged."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    name = "units"
    verbose_name = _("Organisation")

    def ready(self) -> None:
        from core.audit import keep_log_of

        from .models import Bloc, BlocMembership, Headcount, Succession, Unit

        keep_log_of(Unit, without=("folded", "path", "depth", "numchild"))
        keep_log_of(Bloc, BlocMembership, Headcount, Succession)
