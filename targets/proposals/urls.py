"""Addresses of the step "Targets", under ``plans/<id>/reading/targets/``; part of the app's own."""

from .views import PAGES

urlpatterns = PAGES.patterns()
