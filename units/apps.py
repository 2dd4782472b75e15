"""Django's entry for the app `units`."""

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "units"
