"""Addresses of the register."""

from django.urls import path

from . import views

urlpatterns = [
    path("documents/", views.register, name="documents"),
    path("documents/excel/", views.export, name="documents-export"),
    path("documents/ask/", views.ask, name="document-ask"),
    path("documents/<int:document_id>/", views.document_page, name="document"),
    path("documents/<int:document_id>/issue/", views.issue, name="document-issue"),
    path("documents/<int:document_id>/replace/", views.replace, name="document-replace"),
    path("verify/<slug:code>/", views.verify, name="verify"),
]
