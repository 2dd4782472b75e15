"""Addresses of handing down, under ``allocations/<plan id>/``; part of the app's own."""

from django.urls import path

from . import excel_views, share_views, views

urlpatterns = [
    path("", views.allocation_page, name="allocations"),
    path("split/<int:target_id>/<slug:way>/", views.split_column, name="split"),
    path("shares/<int:target_id>/<slug:unit_code>/", share_views.share_page, name="share"),
    path("shares/<int:target_id>/<slug:unit_code>/propose/", share_views.propose, name="propose"),
    path("adjustments/", share_views.proposal_list, name="adjustments"),
    path("adjustments/<int:adjustment_id>/withdraw/", share_views.withdraw, name="adjustment-withdraw"),
    path("adjustments/<int:adjustment_id>/accept/", share_views.accept, name="adjustment-accept"),
    path("adjustments/<int:adjustment_id>/decline/", share_views.decline, name="adjustment-decline"),
    path("excel/", excel_views.shares_export, name="shares-export"),
    path("excel/import/", excel_views.shares_import, name="shares-import"),
    path("excel/import/<int:file_id>/", excel_views.shares_check, name="shares-check"),
]
