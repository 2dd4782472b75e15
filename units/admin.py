"""The organisation in the admin: to look at, and what stands on paper to correct."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin_site import FewFieldsAdmin, ReadOnlyAdmin

from .models import Bloc, BlocMembership, Headcount, Succession, Unit


@admin.register(Unit)
class UnitAdmin(FewFieldsAdmin):
    """Only the words on paper: names, openings, closings and moves have their pages, which keep history right."""

    title = _("Units")
    editable = ("paper_name", "superior_paper_name", "place_of_issue", "symbol_suffix")
    list_display = ("code", "name", "kind", "parent", "opened_on", "closed_on", "is_reporting")
    list_filter = ("level", "kind", "is_reporting")
    list_select_related = ("parent",)
    search_fields = ("code", "folded")
    exclude = ("path", "depth", "numchild", "folded")


@admin.register(Bloc)
class BlocAdmin(FewFieldsAdmin):
    title = _("Blocs")
    editable = ("name",)
    list_display = ("owner", "number", "name", "head_unit", "deputy_unit")
    list_select_related = ("owner", "head_unit", "deputy_unit")
    search_fields = ("name", "owner__code")


@admin.register(BlocMembership)
class BlocMembershipAdmin(ReadOnlyAdmin):
    title = _("Memberships in blocs")
    list_display = ("unit", "bloc", "starts_on", "ends_on")
    list_select_related = ("unit", "bloc")
    search_fields = ("unit__code", "unit__folded")


@admin.register(Headcount)
class HeadcountAdmin(ReadOnlyAdmin):
    title = _("Numbers of members")
    list_display = ("unit", "as_of", "members")
    list_select_related = ("unit",)
    search_fields = ("unit__code", "unit__folded")


@admin.register(Succession)
class SuccessionAdmin(ReadOnlyAdmin):
    title = _("Successions")
    list_display = ("predecessor", "successor", "kind")
    list_select_related = ("predecessor", "successor")
