"""Handing down (giao chỉ tiêu): shares of a plan's targets as a grid of units × targets (domain: rule 14).

``splitting`` is the arithmetic, pure. Every write is ``targets.services.shares``.
"""
