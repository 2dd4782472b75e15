"""Addresses of this app's pages; the prefix is empty, because steps of reading a document stand under its plan."""

from django.urls import URLPattern, URLResolver, include, path

from . import base_views, calendar_views, draft_views, views
from .arranging import views as arranging

app_name = "activities"

calendar: list[URLPattern | URLResolver] = [
    path("board/", calendar_views.board_view, name="board"),
    path("month/", calendar_views.month_view, name="month"),
    path("week/", calendar_views.week_view, name="week"),
    path("timeline/", calendar_views.timeline_view, name="timeline"),
    path("list/", calendar_views.list_view, name="list"),
    path("new/", views.activity_create, name="create"),
    path("<int:activity_id>/", views.activity_detail, name="detail"),
    path("<int:activity_id>/revise/", draft_views.activity_revise, name="revise"),
    path("<int:activity_id>/delete/", draft_views.activity_delete, name="delete"),
    path("<int:activity_id>/start/", views.activity_start, name="start"),
    path("<int:activity_id>/done/", views.activity_done, name="done"),
    path("<int:activity_id>/postpone/", views.activity_postpone, name="postpone"),
    path("<int:activity_id>/cancel/", views.activity_cancel, name="cancel"),
    path("<int:activity_id>/arrange/", arranging.activity_arrange, name="arrange"),
    path("", include("activities.feeds.urls")),
    path("", include("activities.files.urls")),
    path("", include("activities.comments.urls")),
    path("", include("activities.occurrences.urls")),
    path("", include("activities.filling.urls")),
    path("", include("activities.recording.urls")),
    path("", include("activities.registering.urls")),
    path("", include("activities.excel.urls")),
]

urlpatterns = [
    path("activities/", include(calendar)),
    path("plans/<int:plan_id>/activities/", draft_views.activity_list, name="of-draft"),
    path("plans/<int:plan_id>/activities/<int:activity_id>/move/", draft_views.activity_move, name="move"),
    path("plans/<int:plan_id>/bases/", base_views.activity_bases, name="bases"),
    path("plans/<int:plan_id>/", include("activities.cascade.urls")),
    path("plans/<int:plan_id>/reading/", include("activities.proposals.urls")),
]
