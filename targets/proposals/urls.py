"""Addresses of the step "Targets", under ``plans/<id>/reading/targets/``; part of the app's own."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.reading, name="reading"),
    path("accept-sure/", views.accept_sure, name="reading-accept-sure"),
    path("add/", views.add, name="reading-add"),
    path("<int:proposal_id>/accept/", views.accept, name="proposal-accept"),
    path("<int:proposal_id>/correct/", views.correct, name="proposal-correct"),
    path("<int:proposal_id>/wish/", views.wish, name="proposal-wish"),
    path("<int:proposal_id>/forget/", views.forget, name="proposal-forget"),
    path("<int:proposal_id>/merge/", views.merge, name="proposal-merge"),
    path("<int:proposal_id>/reject/", views.reject, name="proposal-reject"),
    path("<int:proposal_id>/reopen/", views.reopen, name="proposal-reopen"),
]
