"""Whether the parts that the portal runs on are there: database, broker, worker.

Read by ``/healthz`` every few seconds, so each answer is cheap: one query, one ping. A worker is asked
nothing; it leaves its sign of life by a periodic task that came through beat and the broker.
"""

import os
import socket
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from core.models import WorkerSign

# Four beats of `core.worker_heartbeat`: one that comes late behind a long task is no alarm.
SILENT_AFTER = timedelta(seconds=60)
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Health:
    """``ok``, or ``down`` for database and broker, and for the worker ``silent`` or (database down) ``unknown``."""

    database: str
    broker: str
    worker: str

    @property
    def serves(self) -> bool:
        """Whether pages can be answered at all: background work can wait, the database cannot."""
        return self.database == "ok"

    def as_json(self) -> dict[str, str]:
        parts = asdict(self)
        return {"status": "ok" if set(parts.values()) == {"ok"} else "degraded" if self.serves else "down", **parts}


def sign_of_life(*, name: str | None = None, moment: datetime | None = None) -> None:
    """Write down that this worker lives; signs of workers long gone are removed."""
    moment = moment or timezone.now()
    WorkerSign.objects.update_or_create(name=name or socket.gethostname(), defaults={"seen_at": moment})
    WorkerSign.objects.filter(seen_at__lt=moment - FORGOTTEN_AFTER).delete()


def check() -> Health:
    """Look at all three; never raises because one of them is down."""
    try:
        seen_at = WorkerSign.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
    except DatabaseError:
        return Health(database="down", broker=_broker(), worker="unknown")
    alive = seen_at is not None and timezone.now() - seen_at <= SILENT_AFTER
    return Health(database="ok", broker=_broker(), worker="ok" if alive else "silent")


def _broker() -> str:
    if not settings.REDIS_URL:
        folder = Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_out"])
        return "ok" if os.access(folder, os.W_OK | os.X_OK) else "down"
    import redis

    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1) as client:
            client.ping()
    except redis.RedisError:
        return "down"
    return "ok"
