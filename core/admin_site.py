"""Bases of Django's admin pages: everything is only looked at, unless an app names the fields that are safe to edit.

The admin is for whoever runs the portal. Facts and workflows change through their own pages, where rules, history
and totals are kept; a model registered here without saying more cannot be changed.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest

# Generic for the type checker only.
if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin


class ReadOnlyAdmin(ModelAdmin):
    """Look, do not touch: no adding, changing, deleting, and no actions on many. ``title`` is what rows are called."""

    title: ClassVar[Any] = ""
    actions = None
    list_per_page = 50
    show_full_result_count = False

    def __init__(self, model: type[Model], admin_site: admin.AdminSite) -> None:
        super().__init__(model, admin_site)
        if self.title:
            # Said here and not in the models: it is a word of the admin alone, and no migration should carry it.
            self.opts.verbose_name = self.opts.verbose_name_plural = self.title

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class FewFieldsAdmin(ReadOnlyAdmin):
    """Only the fields named in ``editable`` can be changed; rows are made and ended elsewhere."""

    editable: ClassVar[tuple[str, ...]] = ()

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return ModelAdmin.has_change_permission(self, request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [field.name for field in self.opts.fields if field.name not in self.editable]

    def save_model(self, request: HttpRequest, obj: Model, form: "ModelForm[Any]", change: bool) -> None:
        """Write what was changed and nothing else, so that two people never undo each other."""
        obj.save(update_fields=[name for name in form.changed_data if name in self.editable])
