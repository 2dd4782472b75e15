"""Addresses of registrations, under ``activities/``; part of the app's own."""

from django.urls import path

from . import views

urlpatterns = [
    path("<int:item_id>/register/", views.register, name="register"),
    path("<int:item_id>/registering/", views.registering_page, name="registering"),
    path("registrations/", views.registration_list, name="registrations"),
    path("registrations/approve/", views.approve_many, name="registrations-approve"),
    path("registrations/return/", views.return_many, name="registrations-return"),
    path("registrations/<int:registration_id>/", views.registration_page, name="registration"),
    path("registrations/<int:registration_id>/again/", views.send_again, name="registration-again"),
    path("registrations/<int:registration_id>/approve/", views.approve, name="registration-approve"),
    path("registrations/<int:registration_id>/return/", views.send_back, name="registration-return"),
    path("registrations/<int:registration_id>/withdraw/", views.withdraw, name="registration-withdraw"),
]
