"""Addresses of pages between two plans, under that of the plan; part of the app's own."""

from django.urls import path

from . import views

urlpatterns = [
    path("taking-over/", views.taking_over, name="take-over"),
    path("activities/coverage/", views.covering, name="covering"),
]
