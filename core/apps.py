"""Django's entry for the app `core`: the kinds of files that are its own."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import files
        from core.workbooks import keeping

        files.register(keeping.FILE_KIND, may_read=keeping.may_read)
