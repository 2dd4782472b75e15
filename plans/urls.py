"""Addresses of this app's pages."""

from django.urls import path

from . import views

app_name = "plans"

urlpatterns = [
    path("", views.plan_list, name="list"),
    path("new/", views.plan_create, name="create"),
    path("<int:plan_id>/", views.plan_detail, name="detail"),
    path("<int:plan_id>/sections/new/", views.section_add, name="section-add"),
    path("<int:plan_id>/sections/<int:section_id>/", views.section_revise, name="section-revise"),
    path("<int:plan_id>/send/", views.plan_send, name="send"),
    path("<int:plan_id>/return/", views.plan_return, name="return"),
    path("<int:plan_id>/issue/", views.plan_issue, name="issue"),
    path("<int:plan_id>/close/", views.plan_close, name="close"),
]
