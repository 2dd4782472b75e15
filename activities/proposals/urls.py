"""Addresses of the steps "Activities" and "Issuing", under ``plans/<id>/reading/``; part of the app's own."""

from django.urls import path

from . import sending, views

urlpatterns = [
    path("activities/", views.reading, name="reading"),
    path("activities/accept-sure/", views.accept_sure, name="reading-accept-sure"),
    path("activities/add/", views.add, name="reading-add"),
    path("activities/<int:proposal_id>/accept/", views.accept, name="proposal-accept"),
    path("activities/<int:proposal_id>/correct/", views.correct, name="proposal-correct"),
    path("activities/<int:proposal_id>/wish/", views.wish, name="proposal-wish"),
    path("activities/<int:proposal_id>/forget/", views.forget, name="proposal-forget"),
    path("activities/<int:proposal_id>/reject/", views.reject, name="proposal-reject"),
    path("activities/<int:proposal_id>/reopen/", views.reopen, name="proposal-reopen"),
    path("sending/", sending.reading_sending, name="reading-sending"),
    path("sending/seen/<int:contradiction_id>/", sending.reading_seen, name="reading-seen"),
]
