"""Addresses of recording outcomes, under ``activities/``; part of the app's own."""

from django.urls import path

from . import views

urlpatterns = [
    path("to-record/", views.to_record_page, name="to-record"),
    path("<int:activity_id>/record/", views.recording, name="recording"),
    path("<int:activity_id>/outcomes/<int:outcome_id>/", views.outcome_page, name="outcome"),
]
