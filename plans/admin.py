"""Plans in the admin, read-only: they change on their own pages, where their life is recorded."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin_site import ReadOnlyAdmin

from .models import FoundContradiction, Plan, PlanEvent, Reading, ReportDeadline, Section


@admin.register(Plan)
class PlanAdmin(ReadOnlyAdmin):
    title = _("Plans")
    list_display = ("title", "unit", "kind", "symbol", "issued_on", "state")
    list_filter = ("state", "kind")
    list_select_related = ("unit",)
    search_fields = ("folded", "symbol", "unit__code")


@admin.register(Section)
class SectionAdmin(ReadOnlyAdmin):
    title = _("Sections")
    list_display = ("plan", "address", "heading", "topic")
    list_select_related = ("plan",)
    search_fields = ("heading", "plan__folded")


@admin.register(PlanEvent)
class PlanEventAdmin(ReadOnlyAdmin):
    title = _("Log of plans")
    list_display = ("at", "plan", "action", "to_state", "actor")
    list_select_related = ("plan", "actor")


@admin.register(Reading)
class ReadingAdmin(ReadOnlyAdmin):
    title = _("Readings of documents")
    list_display = ("at", "plan", "actor", "file_kind")
    list_select_related = ("plan", "actor")


@admin.register(FoundContradiction)
class FoundContradictionAdmin(ReadOnlyAdmin):
    title = _("Contradictions found in documents")
    list_display = ("plan", "kind", "says", "seen_by")
    list_filter = ("kind",)
    list_select_related = ("plan", "seen_by")


@admin.register(ReportDeadline)
class ReportDeadlineAdmin(ReadOnlyAdmin):
    title = _("Deadlines found in documents")
    list_display = ("plan", "quote", "due_on", "recurring")
    list_select_related = ("plan",)
