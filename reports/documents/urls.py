"""Addresses of the register."""

from django.urls import path

from . import views
from .allocations import views as allocations
from .calendars import views as calendars
from .dispatches import views as dispatches
from .plan_papers import views as plan_papers
from .scorecards import views as scorecards
from .wording import views as wording

urlpatterns = [
    path("documents/", views.register, name="documents"),
    path("documents/excel/", views.export, name="documents-export"),
    path("documents/ask/", views.ask, name="document-ask"),
    path("documents/<int:document_id>/", views.document_page, name="document"),
    path("documents/<int:document_id>/pdf/", views.document_pdf, name="document-pdf"),
    path("documents/<int:document_id>/word/", views.document_word, name="document-word"),
    path("documents/<int:document_id>/excel/", views.document_excel, name="document-excel"),
    path("documents/<int:document_id>/issue/", views.issue, name="document-issue"),
    path("documents/<int:document_id>/replace/", views.replace, name="document-replace"),
    path("documents/<int:document_id>/again/", wording.again, name="document-again"),
    path("documents/<int:document_id>/words/", wording.page, name="document-words"),
    path("documents/<int:document_id>/words/prefilled/", wording.take_prefilled, name="document-words-prefilled"),
    path("documents/<int:document_id>/words/replaced/", wording.take_replaced, name="document-words-replaced"),
    path("documents/<int:document_id>/words/<int:number>/", wording.version, name="document-words-version"),
    path("documents/<int:document_id>/words/<int:number>/changes/", wording.changes, name="document-words-changes"),
    path("documents/<int:document_id>/words/<int:number>/restore/", wording.restore, name="document-words-restore"),
    path("documents/scorecards/<str:code>/", scorecards.page, name="scorecards"),
    path("documents/scorecards/<str:code>/ask/", scorecards.ask, name="scorecard-ask"),
    path("documents/scorecards/<str:code>/all/", scorecards.ask_all, name="scorecards-all"),
    path("documents/reminders/ask/", dispatches.ask, name="dispatch-ask"),
    path("documents/plans/<int:plan_id>/", plan_papers.ask, name="plan-paper"),
    path("documents/allocations/<int:plan_id>/", allocations.ask, name="allocation-paper"),
    path("documents/calendars/", calendars.ask, name="calendar-paper"),
    path("verify/<slug:code>/", views.verify, name="verify"),
]
