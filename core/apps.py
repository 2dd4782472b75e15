"""Django's entry for the app `core`: the kinds of files that are its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Background work and files")

    def ready(self) -> None:
        from core import files, pulse
        from core.workbooks import background, keeping

        for kind in (keeping.FILE_KIND, keeping.PREVIEW_KIND):
            files.register(kind, may_read=keeping.may_read)
        background.register()
        pulse.register()
