"""Jobs, files and notices in the admin, read-only; the admin's name and its door.

Signing in to the admin goes through the portal's own sign-in: its limits against guessing and its second factor hold
there too.
"""

from typing import ClassVar

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from .admin_site import ReadOnlyAdmin
from .models import Job, Notice, NoticePreference, StoredFile, WorkerSign

admin.site.site_header = _("Union work portal: reference data")
admin.site.site_title = _("Reference data")
admin.site.index_title = _("Reference data and people")
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    title = _("Background jobs")
    list_display = ("title", "kind", "state", "requested_by", "attempts", "created_at", "finished_at")
    list_filter = ("state", "kind")
    list_select_related = ("requested_by",)
    search_fields = ("title",)
    exclude = ("claim",)


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyAdmin):
    """What is kept, never its content: that is served by the owning app to those who may read it."""

    title = _("Stored files")
    list_display = ("name", "kind", "subject", "content_type", "size", "created_by", "created_at")
    list_filter = ("kind",)
    list_select_related = ("created_by",)
    search_fields = ("name", "sha256")
    exclude = ("content",)


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    title = _("Notices")
    list_display = ("created_at", "recipient", "kind", "text", "read_at", "emailed_at", "refusals")
    list_filter = ("kind",)
    list_select_related = ("recipient",)
    search_fields = ("recipient__username", "text")
    exclude = ("claim",)


@admin.register(NoticePreference)
class NoticePreferenceAdmin(ReadOnlyAdmin):
    title = _("E-mail preferences")
    list_display = ("user", "kind", "by_email")
    list_select_related = ("user",)


@admin.register(WorkerSign)
class WorkerSignAdmin(ReadOnlyAdmin):
    title = _("Signs of life of workers")
    list_display = ("name", "seen_at")
    ordering: ClassVar = ["-seen_at"]
