"""Addresses of workbooks of the calendar, under ``activities/``; part of the app's own."""

from django.urls import path

from . import views

urlpatterns = [
    path("calendar.xlsx", views.calendar_export, name="calendar-export"),
    path("<int:item_id>/outcomes/workbook/", views.outcomes_export, name="outcomes-workbook"),
    path("<int:item_id>/outcomes/excel/", views.outcomes_import, name="outcomes-import"),
    path("<int:item_id>/outcomes/excel/<int:file_id>/", views.outcomes_check, name="outcomes-check"),
]
