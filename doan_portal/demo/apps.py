"""Django's entry for the demonstration data; no models live here."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """The demo is an app only so that its management command is found."""

    name = "doan_portal.demo"
    label = "demo"
    verbose_name = _("Demonstration data")
    default_auto_field = "django.db.models.BigAutoField"
