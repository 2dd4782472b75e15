"""Units as an Excel workbook: out for everyone who sees them, in for administrators."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.workbooks import XLSX, write_workbook
from core.workbooks.pages import ImportPages, check_page, upload_page

from .gates import require, signed_in
from .models import User
from .resources import UnitResource
from .rules import administers_somewhere
from .scope import visible_units


@login_required
@never_cache
@require_safe
def unit_export(request: HttpRequest) -> HttpResponse:
    """The units that exist for this person and are open today, in the columns that an import reads."""
    units = visible_units(signed_in(request)).open_on(clock.today()).select_related("parent")
    content = write_workbook(UnitResource(), units, title=_("Units"))
    name = f"don-vi-{clock.today():%Y-%m-%d}.xlsx"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unit_import(request: HttpRequest) -> HttpResponse:
    """Choose a workbook of units."""
    return upload_page(request, _pages(signed_in(request)))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unit_import_check(request: HttpRequest, file_id: int) -> HttpResponse:
    """The differences, and applying them."""
    return check_page(request, _pages(signed_in(request)), file_id)


def _pages(user: User) -> ImportPages:
    """The import as this person may use it. Raises PermissionDenied for all but administrators."""
    require(administers_somewhere(user))
    return ImportPages(
        subject="accounts.units",
        title=_("Units from Excel"),
        explain=_(
            "A row of a known code changes that unit's names, members or bloc from today on; a new code opens a unit."
        ),
        make_resource=UnitResource,
        upload_url=reverse("accounts:units-import"),
        check_url=lambda file_id: reverse("accounts:units-import-check", args=[file_id]),
        done_url=reverse("accounts:units"),
        done_label=_("Units"),
        template_url=reverse("accounts:units-export"),
    )
