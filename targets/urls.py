"""Addresses of this app's pages; the prefix is empty, because shares have an address of their own."""

from django.urls import include, path

from . import draft_views, views

app_name = "targets"

urlpatterns = [
    path("plans/<int:plan_id>/targets/", draft_views.target_list, name="list"),
    path("plans/<int:plan_id>/targets/new/", draft_views.target_add, name="add"),
    path("plans/<int:plan_id>/targets/codes/", draft_views.target_recode, name="recode"),
    path("plans/<int:plan_id>/targets/<int:target_id>/", draft_views.target_revise, name="revise"),
    path("plans/<int:plan_id>/targets/<int:target_id>/move/", draft_views.target_move, name="move"),
    path("plans/<int:plan_id>/targets/<int:target_id>/delete/", draft_views.target_delete, name="delete"),
    path("plans/<int:plan_id>/reading/targets/", include("targets.proposals.urls")),
    path("targets/indicators/", views.indicator_list, name="indicators"),
    path("targets/indicators/<int:indicator_id>/", views.indicator_detail, name="indicator"),
    path("targets/indicators/<int:indicator_id>/confirm/", views.indicator_confirm, name="indicator-confirm"),
    path("targets/indicators/<int:indicator_id>/merge/", views.indicator_merge, name="indicator-merge"),
    path("allocations/<int:plan_id>/", include("targets.sharing.urls")),
]
