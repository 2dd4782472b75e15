"""Addresses of the organisation's pages: units with the people who hold roles at them."""

from django.urls import path

from . import excel_views, organisation_views, views

app_name = "accounts"

urlpatterns = [
    path("", views.unit_list, name="units"),
    # Codes are upper-case, so no unit hides behind this word.
    path("excel/", excel_views.unit_export, name="units-export"),
    path("excel/import/", excel_views.unit_import, name="units-import"),
    path("excel/import/<int:file_id>/", excel_views.unit_import_check, name="units-import-check"),
    path("<slug:code>/", views.unit_page, name="unit"),
    path("<slug:code>/open/", organisation_views.unit_open, name="unit-open"),
    path("<slug:code>/rename/", organisation_views.unit_rename, name="unit-rename"),
    path("<slug:code>/members/", organisation_views.unit_headcount, name="unit-members"),
    path("<slug:code>/bloc/", organisation_views.unit_bloc, name="unit-bloc"),
    path("<slug:code>/close/", organisation_views.unit_close, name="unit-close"),
    path("<slug:code>/roles/", views.role_grant, name="role-grant"),
    path("<slug:code>/roles/<int:role_id>/end/", views.role_end, name="role-end"),
]
