"""The address map: every app's addresses under its own prefix."""

from django.contrib import admin
from django.urls import include, path

from core.views import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("", include("core.urls")),
    path("units/", include("accounts.urls")),
    path("plans/", include("plans.urls")),
    path("", include("targets.urls")),
    path("activities/", include("activities.urls")),
    path("", include("reports.urls")),
]
