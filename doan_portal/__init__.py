"""The project: settings, addresses, the Celery application. Nothing of the domain lives here."""

from doan_portal.celery import app as celery_app

__all__ = ["celery_app"]
