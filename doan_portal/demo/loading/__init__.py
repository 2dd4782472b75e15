"""Plays the demonstration year through the portal's own services, at the moments when it happened.

The ground (bodies, people, plans) is laid in one transaction, then each month in one of its own: a
load that is interrupted goes on where it stopped, and nothing is ever left half. Rows are written by
services only; what there is to load stands in ``demo.facts`` and ``demo.generator``.
"""

from .stages import Refused, load

__all__ = ["Refused", "load"]
