"""Addresses of the register."""

from django.urls import path

from . import views

urlpatterns = [
    path("documents/", views.register, name="documents"),
    path("documents/ask/", views.ask, name="document-ask"),
    path("documents/<int:document_id>/", views.document_page, name="document"),
    path("documents/<int:document_id>/word/", views.document_word, name="document-word"),
    path("documents/<int:document_id>/excel/", views.document_excel, name="document-excel"),
    path("documents/<int:document_id>/issue/", views.issue, name="document-issue"),
    path("verify/<slug:code>/", views.verify, name="verify"),
]
