"""Addresses of comments, under ``activities/``; part of the app's own."""

from django.urls import path

from . import views

urlpatterns = [
    path("<int:activity_id>/comments/", views.comments_page, name="comments"),
    path("<int:activity_id>/comments/<int:comment_id>/withdraw/", views.comment_take_back, name="comment-withdraw"),
    path("comments/<int:comment_id>/", views.comment, name="comment"),
]
