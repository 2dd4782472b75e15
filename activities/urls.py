"""Addresses of this app's pages."""

from django.urls import path

from . import views

app_name = "activities"

urlpatterns = [
    path("board/", views.board_view, name="board"),
    path("month/", views.month_view, name="month"),
    path("list/", views.list_view, name="list"),
    path("new/", views.activity_create, name="create"),
    path("<int:activity_id>/", views.activity_detail, name="detail"),
    path("<int:activity_id>/start/", views.activity_start, name="start"),
    path("<int:activity_id>/done/", views.activity_done, name="done"),
    path("<int:activity_id>/postpone/", views.activity_postpone, name="postpone"),
    path("<int:activity_id>/cancel/", views.activity_cancel, name="cancel"),
    path("<int:activity_id>/outcomes/", views.outcome_record, name="record"),
]
