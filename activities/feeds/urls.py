"""Addresses of calendars for the phone, under ``activities/``; part of the app's own."""

from django.urls import path

from . import views

urlpatterns = [
    path("feed/<slug:token>.ics", views.feed_file, name="feed"),
    path("feeds/", views.feeds_page, name="feeds"),
    path("feeds/<int:feed_id>/renew/", views.feed_renew, name="feed-renew"),
    path("feeds/<int:feed_id>/revoke/", views.feed_revoke, name="feed-revoke"),
]
