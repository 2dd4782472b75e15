"""Addresses of the leader's view: the dashboard of a unit, and what one figure of it is made of."""

from django.urls import path

from . import views

urlpatterns = [
    path("dashboard/", views.own, name="dashboard-own"),
    path("dashboard/<slug:code>/", views.dashboard, name="dashboard"),
    path("dashboard/<slug:code>/units/", views.units, name="units"),
    path("dashboard/<slug:code>/compare/", views.compare, name="compare"),
    path("dashboard/<slug:code>/blocs/<int:number>/", views.units, name="bloc"),
    path("targets/<int:target_id>/at/<slug:code>/", views.drilldown, name="target"),
]
