"""The address map: every app's addresses under its own prefix."""

from django.contrib import admin
from django.urls import include, path

from core.views import healthz

from .sign_up import closed

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    # Before allauth's own: addresses are the administrator's to change, and nobody confirms one by a link.
    path("accounts/email/", closed),
    path("accounts/confirm-email/", closed),
    path("accounts/confirm-email/<str:key>/", closed),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("", include("core.urls")),
    path("units/", include("accounts.urls")),
    path("plans/", include("plans.urls")),
    path("", include("targets.urls")),
    path("", include("activities.urls")),
    path("", include("reports.urls")),
]
