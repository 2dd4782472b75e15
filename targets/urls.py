"""Addresses of this app's pages; the prefix is empty, because shares have an address of their own."""

from django.urls import path

from . import views

app_name = "targets"

urlpatterns = [
    path("plans/<int:plan_id>/targets/new/", views.target_add, name="add"),
    path("targets/indicators/", views.indicator_list, name="indicators"),
    path("targets/indicators/<int:indicator_id>/", views.indicator_detail, name="indicator"),
    path("targets/indicators/<int:indicator_id>/confirm/", views.indicator_confirm, name="indicator-confirm"),
    path("targets/indicators/<int:indicator_id>/merge/", views.indicator_merge, name="indicator-merge"),
    path("allocations/<int:plan_id>/", views.allocation_page, name="allocations"),
    path("allocations/<int:plan_id>/hand-down/<int:target_id>/<slug:unit_code>/", views.hand_down, name="hand-down"),
]
