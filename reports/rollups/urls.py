"""The address of the self-audit's page."""

from django.urls import path

from . import views

urlpatterns = [path("reports/totals/audit/", views.self_audit, name="self-audit")]
