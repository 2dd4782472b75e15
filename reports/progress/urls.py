"""Addresses of monthly reports: own months, form and reading view, the steps, the queue, who is late."""

from django.urls import path

from . import period_views, views
from .excel import views as excel

urlpatterns = [
    path("reports/", views.own, name="own"),
    path("reports/review/", views.review, name="review"),
    path("reports/review/summary/", views.approve_summary, name="approve-summary"),
    path("reports/review/approve/", views.approve_many, name="approve-many"),
    path("reports/review/phrases/", views.phrases, name="phrases"),
    path("reports/review/phrases/<int:phrase_id>/remove/", views.phrase_remove, name="phrase-remove"),
    path("reports/lateness/", views.lateness, name="lateness"),
    path("reports/lateness/remind/", views.remind_all, name="remind-all"),
    path("reports/excel/<slug:month>/", excel.month_import, name="month-import"),
    path("reports/excel/<slug:month>/workbook/", excel.month_export, name="month-workbook"),
    path("reports/excel/<slug:month>/<int:file_id>/", excel.month_check, name="month-check"),
    path("reports/<slug:code>/<slug:month>/excel/", excel.unit_import, name="unit-import"),
    path("reports/<slug:code>/<slug:month>/excel/workbook/", excel.unit_export, name="unit-workbook"),
    path("reports/<slug:code>/<slug:month>/excel/<int:file_id>/", excel.unit_check, name="unit-check"),
    path("reports/<slug:code>/<slug:month>/", views.report, name="report"),
    path("reports/<slug:code>/<slug:month>/autosave/", views.autosave, name="autosave"),
    path("reports/<slug:code>/<slug:month>/save/", views.save, name="save"),
    path("reports/<slug:code>/<slug:month>/submit/", views.submit, name="submit"),
    path("reports/<slug:code>/<slug:month>/evidence/", views.evidence_add, name="evidence-add"),
    path(
        "reports/<slug:code>/<slug:month>/evidence/<int:evidence_id>/withdraw/",
        views.evidence_withdraw,
        name="evidence-withdraw",
    ),
    path("reports/<slug:code>/<slug:month>/approve/", views.approve, name="approve"),
    path("reports/<slug:code>/<slug:month>/return/", views.send_back, name="return"),
    path("reports/<slug:code>/<slug:month>/reopen/", views.reopen, name="reopen"),
    path("reports/<slug:code>/<slug:month>/remind/", views.remind_one, name="remind"),
    path("reports/<slug:code>/<slug:month>/more-time/", views.extension, name="extension"),
    path("reports/<slug:code>/<slug:month>/more-time/ask/", views.extension_ask, name="extension-ask"),
    path("reports/<slug:code>/<slug:month>/more-time/decline/", views.extension_decline, name="extension-decline"),
    path("reports/<slug:code>/<slug:month>/more-time/end/", views.extension_end, name="extension-end"),
    path("reports/periods/", period_views.periods, name="periods"),
    path("reports/periods/rules/keep/", period_views.rule_keep, name="rule-keep"),
    path("reports/periods/rules/<int:rule_id>/end/", period_views.rule_end, name="rule-end"),
    path("reports/periods/<int:period_id>/open/", period_views.period_open, name="period-open"),
    path("reports/periods/<int:period_id>/days/", period_views.period_days, name="period-days"),
    path("reports/periods/<int:period_id>/bounds/", period_views.period_bounds, name="period-bounds"),
    path("reports/periods/<int:period_id>/parts/", period_views.period_part, name="period-part"),
    path(
        "reports/periods/<int:period_id>/parts/<int:deadline_id>/end/",
        period_views.period_part_end,
        name="period-part-end",
    ),
]
