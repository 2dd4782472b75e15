"""Django's entry for the app `plans`: what it registers with the apps beneath."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = _("Plans")

    def ready(self) -> None:
        from core import notices
        from core.context import register_nav

        from .excel.resources import SectionResource
        from .excel.sheets import Sheet, register_sheet
        from .navigation import plans_item
        from .reading import uploads
        from .selectors import sections_of
        from .writing.tabs import Tab, register_tab

        register_nav(plans_item)
        register_tab(Tab("text", _("Full text"), "plans:detail", 10))
        register_tab(Tab("outline", _("Outline"), "plans:outline", 20))
        register_tab(Tab("excel", _("Excel"), "plans:excel", 90))
        explain = _(
            "A row of a known way changes that section. A new way (III/1/1.8; a dash for no number) adds a section as"
            " the last under the one above."
        )
        register_sheet(Sheet("sections", _("Sections"), explain, SectionResource, sections_of))
        notices.register("plans.life", _("Plans sent, returned and issued"))
        uploads.register()
