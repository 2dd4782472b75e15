"""The Celery application. Its options are the `CELERY_…` lines of settings.py; tasks live in each app's tasks.py."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init, worker_ready
from django.core.exceptions import ImproperlyConfigured

from doan_portal import message_files

message_files.install()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doan_portal.settings")

app = Celery("doan_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def refuse_demo_accounts_in_production(**_: Any) -> None:
    """A worker on production settings does not start on a database with demo accounts in it."""
    from accounts.demo_guard import refuse_demo_accounts

    try:
        refuse_demo_accounts()
    except ImproperlyConfigured as error:
        # Celery logs what a signal's receiver raises and goes on; only this stops it.
        raise SystemExit(str(error)) from error


@worker_ready.connect
def give_first_sign_of_life(**_: Any) -> None:
    """The worker is seen as soon as it takes work, not only after beat's first round."""
    from core import health

    health.sign_of_life()
