"""Addresses of an activity's occurrences, under ``activities/``; part of the app's own."""

from django.urls import path

from . import views

urlpatterns = [
    path("<int:activity_id>/occurrences/", views.occurrences_view, name="occurrences"),
    path("<int:activity_id>/occurrences/number/", views.occurrences_number, name="occurrences-number"),
    path("<int:activity_id>/occurrences/add/", views.occurrence_add, name="occurrence-add"),
    path("<int:activity_id>/occurrences/<int:occurrence_id>/move/", views.occurrence_move, name="occurrence-move"),
    path(
        "<int:activity_id>/occurrences/<int:occurrence_id>/remove/", views.occurrence_remove, name="occurrence-remove"
    ),
]
