"""Addresses of this app's pages."""

from django.urls import path

from . import views

app_name = "core"

urlpatterns = [
    path("jobs/<int:job_id>/", views.job_page, name="job"),
    path("jobs/<int:job_id>/cancel/", views.job_cancel, name="job-cancel"),
    path("jobs/<int:job_id>/retry/", views.job_retry, name="job-retry"),
    path("files/<int:file_id>/", views.stored_file, name="file"),
    path("notices/", views.notices_page, name="notices"),
    path("notices/read/", views.notices_read, name="notices-read"),
    path("notices/settings/", views.notices_settings, name="notices-settings"),
    path("notices/stop/<str:signed>/", views.notices_stop, name="notices-stop"),
]
