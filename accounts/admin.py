"""People in the admin: their names, title, e-mail, password, and whether they sign in at all.

What a person may do hangs on roles, which are granted on a unit's page and only looked at here. Nobody is deleted:
history names them.
"""

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.admin_site import ReadOnlyAdmin

from .models import Role, RoleEvent, User

# Generic for the type checker only.
if TYPE_CHECKING:
    BaseUserAdmin = UserAdmin[User]
else:
    BaseUserAdmin = UserAdmin

# Groups give nothing here, and addresses stand on the person.
admin.site.unregister(Group)
admin.site.unregister(EmailAddress)
admin.site.unregister(Authenticator)


@admin.register(User)
class PersonAdmin(BaseUserAdmin):
    actions = None
    list_display = ("username", "full_name", "title", "email", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("username", "full_name", "email")
    filter_horizontal = ()
    list_per_page = 50
    show_full_result_count = False
    readonly_fields = ("last_login", "date_joined", "is_superuser")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("full_name", "title", "email")}),
        (_("Signing in"), {"fields": ("is_active", "is_superuser", "last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "usable_password", "password1", "password2")}),
        (_("Person"), {"fields": ("full_name", "title", "email")}),
    )

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Only a superuser changes a superuser: the password is among what can be changed."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


@admin.register(Role)
class RoleAdmin(ReadOnlyAdmin):
    title = _("Roles")
    list_display = ("user", "name", "unit", "bloc", "ended_at")
    list_filter = ("name",)
    list_select_related = ("user", "unit", "bloc")
    search_fields = ("user__username", "user__full_name", "unit__code")


@admin.register(RoleEvent)
class RoleEventAdmin(ReadOnlyAdmin):
    title = _("Log of roles")
    list_display = ("at", "action", "person", "role_name", "unit", "actor")
    list_filter = ("action",)
    list_select_related = ("role__user", "role__unit", "actor")

    @admin.display(description=_("Person"))
    def person(self, event: RoleEvent) -> Any:
        return event.role.user

    @admin.display(description=_("Role"))
    def role_name(self, event: RoleEvent) -> Any:
        return event.role.get_name_display()

    @admin.display(description=_("Unit"))
    def unit(self, event: RoleEvent) -> Any:
        return event.role.unit


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnlyAdmin):
    """A second factor can be taken off where a phone was lost. Its secret is not shown."""

    title = _("Second factors")
    list_display = ("user", "type", "created_at", "last_used_at")
    list_select_related = ("user",)
    search_fields = ("user__username",)
    exclude = ("data",)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)
