"""Addresses of handing down, under ``allocations/<plan id>/``; part of the app's own."""

from django.urls import path

from . import share_views, views

urlpatterns = [
    path("", views.allocation_page, name="allocations"),
    path("split/<int:target_id>/<slug:way>/", views.split_column, name="split"),
    path("shares/<int:target_id>/<slug:unit_code>/", share_views.share_page, name="share"),
]
