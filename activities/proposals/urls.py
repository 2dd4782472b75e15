"""Addresses of the steps "Activities" and "Issuing", under ``plans/<id>/reading/``; part of the app's own."""

from django.urls import include, path

from . import sending
from .views import PAGES

urlpatterns = [
    path("activities/", include(PAGES.patterns())),
    path("sending/", sending.reading_sending, name="reading-sending"),
    path("sending/seen/<int:contradiction_id>/", sending.reading_seen, name="reading-seen"),
]
