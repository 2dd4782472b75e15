"""Addresses of photos and files, under ``activities/``; part of the app's own."""

from django.urls import path

from . import views

_OUTCOME = "<int:activity_id>/outcomes/<int:participation_id>/files/"

urlpatterns = [
    path("<int:activity_id>/files/", views.file_add, name="file-add"),
    path("<int:activity_id>/files/<int:activity_file_id>/withdraw/", views.file_withdraw, name="file-withdraw"),
    path(_OUTCOME, views.outcome_files_page, name="outcome-files"),
    path(_OUTCOME + "<int:outcome_file_id>/withdraw/", views.outcome_file_withdraw, name="outcome-file-withdraw"),
]
