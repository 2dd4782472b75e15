"""The Celery application. Its options are the `CELERY_…` lines of settings.py; tasks live in each app's tasks.py."""

import os
from typing import Any

from celery import Celery, Task
from celery.signals import task_postrun, task_prerun, worker_init, worker_ready
from django.core.exceptions import ImproperlyConfigured
from django.db import close_old_connections

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


@task_prerun.connect
@task_postrun.connect
def keep_connections(task: Task, **_: Any) -> None:
    """As between two requests: a database connection stays as long as it is well and CONN_MAX_AGE allows.

    Celery itself closes it before and after each task (``CELERY_DB_REUSE_MAX``), and on a new one PostgreSQL has to
    look up every table anew.
    """
    if not task.request.is_eager:  # within a request of its own
        close_old_connections()


@worker_ready.connect
def give_first_sign_of_life(**_: Any) -> None:
    """The worker is seen as soon as it takes work, not only after beat's first round."""
    from core import health

    health.sign_of_life()
