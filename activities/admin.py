"""Activities and their outcomes in the admin, read-only: their steps have services, which keep the history."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin_site import ReadOnlyAdmin

from .models import (
    Activity,
    ActivityEvent,
    ActivityFile,
    ActivityProposal,
    ActivityReminder,
    CalendarFeed,
    Comment,
    Occurrence,
    OutcomeReminder,
    Participation,
    ParticipationFigure,
    Recurrence,
    Registration,
    RegistrationEvent,
    Window,
)


@admin.register(Activity)
class ActivityAdmin(ReadOnlyAdmin):
    title = _("Activities")
    list_display = ("name", "unit", "scope", "state", "plan", "bloc", "done_on")
    list_filter = ("state", "scope")
    list_select_related = ("unit", "plan", "bloc")
    search_fields = ("folded", "unit__code")


@admin.register(Window)
class WindowAdmin(ReadOnlyAdmin):
    title = _("Times of activities")
    list_display = ("activity", "starts_on", "ends_on", "precision", "superseded")
    list_select_related = ("activity",)


@admin.register(ActivityEvent)
class ActivityEventAdmin(ReadOnlyAdmin):
    title = _("Log of activities")
    list_display = ("at", "activity", "to_state", "actor", "reason")
    list_select_related = ("activity", "actor")


@admin.register(Participation)
class ParticipationAdmin(ReadOnlyAdmin):
    title = _("Outcomes of units")
    list_display = ("activity", "unit", "done_on", "people", "recorded_by")
    list_select_related = ("activity", "unit", "recorded_by")
    search_fields = ("unit__code", "activity__folded")


@admin.register(ParticipationFigure)
class ParticipationFigureAdmin(ReadOnlyAdmin):
    title = _("Figures of outcomes")
    list_display = ("participation", "indicator", "amount")
    list_select_related = ("participation", "indicator")


@admin.register(ActivityProposal)
class ActivityProposalAdmin(ReadOnlyAdmin):
    title = _("Activities found in documents")
    list_display = ("plan", "quote", "state", "decided_by", "activity")
    list_filter = ("state",)
    list_select_related = ("plan", "decided_by", "activity")


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnlyAdmin):
    title = _("Calendar addresses")
    list_display = ("owner", "unit", "made_at", "fetched_at")
    list_select_related = ("owner", "unit")
    search_fields = ("owner__username", "unit__code")
    exclude = ("token_hash",)


@admin.register(ActivityFile)
class ActivityFileAdmin(ReadOnlyAdmin):
    title = _("Files of activities")
    list_display = ("name", "activity", "participation", "added_by", "added_at", "withdrawn_by", "withdrawn_at")
    list_select_related = ("activity", "participation", "added_by", "withdrawn_by")
    search_fields = ("name",)


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    title = _("Comments on activities")
    list_display = ("written_at", "activity", "unit", "author", "is_for_all", "withdrawn_at")
    list_select_related = ("activity", "unit", "author")
    search_fields = ("unit__code", "activity__folded")


@admin.register(Recurrence)
class RecurrenceAdmin(ReadOnlyAdmin):
    title = _("Rules of recurrence")
    list_display = ("activity", "every", "starts_on", "until", "times")
    list_select_related = ("activity",)


@admin.register(Occurrence)
class OccurrenceAdmin(ReadOnlyAdmin):
    title = _("Occurrences of activities")
    list_display = ("activity", "number", "starts_on", "ends_on")
    list_select_related = ("activity",)


@admin.register(OutcomeReminder)
class OutcomeReminderAdmin(ReadOnlyAdmin):
    title = _("Reminders of outcomes")
    list_display = ("at", "activity", "unit", "actor", "people")
    list_select_related = ("activity", "unit", "actor")


@admin.register(ActivityReminder)
class ActivityReminderAdmin(ReadOnlyAdmin):
    title = _("Reminders of activities")
    list_display = ("at", "activity", "unit", "step", "day", "people")
    list_filter = ("step",)
    list_select_related = ("activity", "unit")


@admin.register(Registration)
class RegistrationAdmin(ReadOnlyAdmin):
    title = _("Activities registered from below")
    list_display = ("name", "unit", "bloc", "item", "state", "sent_at")
    list_filter = ("state",)
    list_select_related = ("unit", "bloc", "item")
    search_fields = ("folded", "unit__code")


@admin.register(RegistrationEvent)
class RegistrationEventAdmin(ReadOnlyAdmin):
    title = _("Log of registrations")
    list_display = ("at", "registration", "to_state", "actor", "reason")
    list_select_related = ("registration", "actor")
