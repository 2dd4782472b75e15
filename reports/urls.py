"""Addresses of this app's pages; each room has its own list."""

from django.urls import include, path

from .home import home

app_name = "reports"

urlpatterns = [
    path("", home, name="home"),
    path("", include("reports.rollups.urls")),
    path("", include("reports.progress.urls")),
    path("", include("reports.dashboards.urls")),
    path("", include("reports.documents.urls")),
]
