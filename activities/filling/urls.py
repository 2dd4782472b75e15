"""Addresses of the filling map, under ``activities/``; part of the app's own."""

from django.urls import path

from . import views

urlpatterns = [
    path("<int:activity_id>/units/", views.filling_map, name="filling"),
    path("<int:activity_id>/units/remind/", views.filling_remind, name="filling-remind"),
]
