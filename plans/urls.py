"""Addresses of this app's pages."""

from django.urls import path

from . import views
from .excel import views as excel_views
from .reading import views as reading
from .versions import views as version_views
from .writing import views as section_views

app_name = "plans"

urlpatterns = [
    path("", views.plan_list, name="list"),
    path("new/", views.plan_create, name="create"),
    path("from-document/", reading.from_document, name="from-document"),
    path("<int:plan_id>/", views.plan_detail, name="detail"),
    path("<int:plan_id>/head/", views.plan_head, name="head"),
    path("<int:plan_id>/sections/", section_views.outline, name="outline"),
    path("<int:plan_id>/sections/new/", section_views.section_add, name="section-add"),
    path("<int:plan_id>/sections/numbers/", section_views.renumber, name="renumber"),
    path("<int:plan_id>/sections/<int:section_id>/", section_views.section_revise, name="section-revise"),
    path("<int:plan_id>/sections/<int:section_id>/move/", section_views.section_move, name="section-move"),
    path("<int:plan_id>/sections/<int:section_id>/delete/", section_views.section_delete, name="section-delete"),
    path("<int:plan_id>/excel/", excel_views.excel, name="excel"),
    path("<int:plan_id>/excel/<slug:sheet>/", excel_views.excel_export, name="excel-export"),
    path("<int:plan_id>/excel/<slug:sheet>/import/", excel_views.excel_import, name="excel-import"),
    path("<int:plan_id>/excel/<slug:sheet>/import/<int:file_id>/", excel_views.excel_check, name="excel-check"),
    path("<int:plan_id>/send/", views.plan_send, name="send"),
    path("<int:plan_id>/return/", views.plan_return, name="return"),
    path("<int:plan_id>/issue/", views.plan_issue, name="issue"),
    path("<int:plan_id>/close/", views.plan_close, name="close"),
    path("<int:plan_id>/amend/", version_views.plan_amend, name="amend"),
    path("<int:plan_id>/discard/", version_views.plan_discard, name="discard"),
    path("<int:plan_id>/difference/", version_views.plan_difference, name="difference"),
    path("<int:plan_id>/coverage/", version_views.plan_coverage, name="coverage"),
    path("<int:plan_id>/base/", version_views.plan_base, name="base"),
    path("<int:plan_id>/reading/", reading.reading, name="reading"),
    path("<int:plan_id>/reading/head/", reading.head, name="reading-head"),
    path("<int:plan_id>/reading/again/", reading.again, name="reading-again"),
    path(
        "<int:plan_id>/reading/contradictions/<int:contradiction_id>/",
        reading.contradiction_seen,
        name="contradiction-seen",
    ),
]
