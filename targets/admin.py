"""The catalogue, targets and allocations in the admin, read-only: services confirm, merge and hand down."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin_site import ReadOnlyAdmin

from .models import Adjustment, Allocation, Indicator, IndicatorMerge, Phase, Target, TargetProposal


@admin.register(Indicator)
class IndicatorAdmin(ReadOnlyAdmin):
    title = _("Indicators")
    list_display = ("name", "measure", "kind", "over_time", "topic", "owner", "confirmed_at", "merged_into")
    list_filter = ("kind", "over_time", "topic")
    list_select_related = ("owner", "merged_into")
    search_fields = ("folded",)


@admin.register(IndicatorMerge)
class IndicatorMergeAdmin(ReadOnlyAdmin):
    title = _("Merged indicators")
    list_display = ("source", "into", "actor", "entries_moved")
    list_select_related = ("source", "into", "actor")


@admin.register(Target)
class TargetAdmin(ReadOnlyAdmin):
    title = _("Targets")
    list_display = ("code", "name", "plan", "indicator", "carried_by", "minimum", "maximum", "due_on")
    list_filter = ("carried_by",)
    list_select_related = ("plan", "indicator")
    search_fields = ("folded", "plan__folded")


@admin.register(Phase)
class PhaseAdmin(ReadOnlyAdmin):
    title = _("Phases of targets")
    list_display = ("target", "due_on", "minimum")
    list_select_related = ("target",)


@admin.register(Allocation)
class AllocationAdmin(ReadOnlyAdmin):
    title = _("Allocations")
    list_display = ("target", "unit", "minimum", "maximum", "effective_on", "handed_by")
    list_select_related = ("target", "unit", "handed_by")
    search_fields = ("unit__code", "target__folded")


@admin.register(Adjustment)
class AdjustmentAdmin(ReadOnlyAdmin):
    title = _("Adjustments proposed by units")
    list_display = ("target", "unit", "minimum", "maximum", "state", "made_by", "settled_by")
    list_filter = ("state",)
    list_select_related = ("target", "unit", "made_by", "settled_by")
    search_fields = ("unit__code", "target__folded")


@admin.register(TargetProposal)
class TargetProposalAdmin(ReadOnlyAdmin):
    title = _("Targets found in documents")
    list_display = ("plan", "quote", "state", "decided_by", "target")
    list_filter = ("state",)
    list_select_related = ("plan", "decided_by", "target")
