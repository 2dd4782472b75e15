"""Periods, reports, totals and documents in the admin, read-only: every number goes through its one door."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin_site import ReadOnlyAdmin

from .documents.models import DocumentEvent, OfficialDocument
from .documents.scorecards.models import ScorecardPiece
from .documents.wording.models import WordingVersion
from .progress.models import (
    DeadlineRule,
    Evidence,
    Extension,
    Narrative,
    Period,
    PeriodDeadline,
    ProgressEntry,
    ProgressReport,
    ReasonPhrase,
    Reminder,
    ReportEvent,
    TakenOutcome,
)
from .rollups.models import CarrierCase, CarrierCount, DirtyMark, KeptPlan, KeptState, LastChange, Rollup, SelfAudit


@admin.register(Period)
class PeriodAdmin(ReadOnlyAdmin):
    title = _("Periods")
    list_display = ("__str__", "owner", "first_day", "last_day", "due_on", "locks_on", "opened_at")
    list_filter = ("year",)
    list_select_related = ("owner",)


@admin.register(PeriodDeadline)
class PeriodDeadlineAdmin(ReadOnlyAdmin):
    title = _("Other days of a month")
    list_display = ("period", "unit", "level", "due_on", "locks_on")
    list_select_related = ("period", "unit")


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(ReadOnlyAdmin):
    title = _("Standing days")
    list_display = ("unit", "level", "due_day", "lock_day")
    list_select_related = ("unit",)


@admin.register(Extension)
class ExtensionAdmin(ReadOnlyAdmin):
    title = _("More time for reports")
    list_display = ("report", "asked_at", "granted_by", "granted_at", "due_on", "locks_on", "ended_at")
    list_select_related = ("report", "granted_by")
    search_fields = ("report__unit__code",)


@admin.register(ProgressReport)
class ProgressReportAdmin(ReadOnlyAdmin):
    title = _("Monthly reports")
    list_display = ("unit", "period", "state", "first_submitted_at", "approved_at", "approved_by")
    list_filter = ("state", "period__year", "period__month")
    list_select_related = ("unit", "period", "approved_by")
    search_fields = ("unit__code", "unit__folded")


@admin.register(ReportEvent)
class ReportEventAdmin(ReadOnlyAdmin):
    title = _("Log of monthly reports")
    list_display = ("at", "report", "action", "from_state", "to_state", "actor", "on_behalf")
    list_filter = ("action",)
    list_select_related = ("report", "actor")
    search_fields = ("report__unit__code",)


@admin.register(ProgressEntry)
class ProgressEntryAdmin(ReadOnlyAdmin):
    title = _("Figures of reports")
    list_display = ("report", "indicator", "amount", "numerator", "denominator", "is_done", "done_on")
    list_select_related = ("report", "indicator")
    search_fields = ("report__unit__code",)


@admin.register(Narrative)
class NarrativeAdmin(ReadOnlyAdmin):
    title = _("Texts of reports")
    list_display = ("report", "topic")
    list_select_related = ("report",)
    search_fields = ("report__unit__code",)


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    title = _("Evidence")
    list_display = ("report", "caption", "added_by", "added_at", "withdrawn_at")
    list_select_related = ("report", "added_by")
    search_fields = ("report__unit__code",)


@admin.register(TakenOutcome)
class TakenOutcomeAdmin(ReadOnlyAdmin):
    title = _("Outcomes taken over")
    list_display = ("report", "figure", "amount")
    list_select_related = ("report", "figure")
    search_fields = ("report__unit__code",)


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    title = _("Reminders")
    list_display = ("at", "report", "step", "day", "actor", "people")
    list_filter = ("step",)
    list_select_related = ("report", "actor")
    search_fields = ("report__unit__code",)


@admin.register(ReasonPhrase)
class ReasonPhraseAdmin(ReadOnlyAdmin):
    title = _("Saved reasons")
    list_display = ("text", "unit", "added_by", "added_at")
    list_select_related = ("unit", "added_by")
    search_fields = ("text", "unit__code")


@admin.register(Rollup)
class RollupAdmin(ReadOnlyAdmin):
    title = _("Totals")
    list_display = ("unit", "bloc", "indicator", "period", "basis", "amount", "numerator", "denominator", "reported")
    list_filter = ("basis",)
    list_select_related = ("unit", "bloc", "indicator", "period")
    search_fields = ("unit__code",)


@admin.register(KeptState)
class KeptStateAdmin(ReadOnlyAdmin):
    title = _("States that are kept")
    list_display = ("indicator", "since", "period")
    list_select_related = ("indicator", "since", "period")


@admin.register(KeptPlan)
class KeptPlanAdmin(ReadOnlyAdmin):
    title = _("Plans whose states and shares are kept")
    list_display = ("plan", "facts")
    list_select_related = ("plan",)


@admin.register(CarrierCase)
class CarrierCaseAdmin(ReadOnlyAdmin):
    title = _("Shares of carriers that are kept")
    list_display = ("target", "period", "is_late", "upto", "is_said")
    list_select_related = ("target", "period", "upto")


@admin.register(CarrierCount)
class CarrierCountAdmin(ReadOnlyAdmin):
    title = _("Counts of carriers")
    list_display = ("unit", "case", "basis", "carriers", "reached", "reported", "on_pace")
    list_filter = ("basis",)
    list_select_related = ("unit", "case")
    search_fields = ("unit__code",)


@admin.register(DirtyMark)
class DirtyMarkAdmin(ReadOnlyAdmin):
    title = _("Totals to be renewed")
    list_display = ("unit", "period", "marked_at")
    list_select_related = ("unit", "period")


@admin.register(LastChange)
class LastChangeAdmin(ReadOnlyAdmin):
    title = _("When totals last changed")
    list_display = ("unit", "period", "basis", "at")
    list_filter = ("basis",)
    list_select_related = ("unit", "period")
    search_fields = ("unit__code",)


@admin.register(SelfAudit)
class SelfAuditAdmin(ReadOnlyAdmin):
    title = _("Checks of totals")
    list_display = ("night", "ended_at", "differences")


@admin.register(OfficialDocument)
class OfficialDocumentAdmin(ReadOnlyAdmin):
    title = _("Official documents")
    list_display = ("title", "unit", "kind", "span", "basis", "state")
    list_filter = ("state", "kind")
    list_select_related = ("unit",)
    search_fields = ("folded", "unit__code")
    exclude = ("snapshot",)


@admin.register(DocumentEvent)
class DocumentEventAdmin(ReadOnlyAdmin):
    title = _("Log of documents")
    list_display = ("document", "action", "actor", "at")
    list_select_related = ("document", "actor")


@admin.register(WordingVersion)
class WordingVersionAdmin(ReadOnlyAdmin):
    title = _("Versions of documents' words")
    list_display = ("document", "number", "cause", "made_by", "made_at")
    list_select_related = ("document", "made_by")


@admin.register(ScorecardPiece)
class ScorecardPieceAdmin(ReadOnlyAdmin):
    title = _("Pages of scorecards being made")
    list_display = ("job", "unit", "claimed_at")
    list_select_related = ("job", "unit")
