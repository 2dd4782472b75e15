"""How gunicorn serves the portal: one process with threads by default; WEB_CONCURRENCY sets more processes."""

import gc
import logging
import os
from pathlib import Path
from typing import Any

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
worker_class = "gthread"
threads = 8
timeout = 120
graceful_timeout = 20
keepalive = 5
# The heartbeat file of each process: in memory, because a busy disk would make a healthy process look dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn makes names of its own there
errorlog = "-"
# No access log: an address can be a right by itself (settings.SECRET_PATHS).
accesslog = None


def post_worker_init(worker: Any) -> None:  # gunicorn's name for it
    """Begin without pages kept by another version, and keep what was loaded out of garbage collection.

    Looking it through stops all threads for a while. It lives as long as the process; a page makes some ten thousand
    objects, most of which go with it.
    """
    hide_secret_paths(worker.log.error_log)
    from core import pulse

    pulse.change()  # what an earlier version wrote may look otherwise
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def hide_secret_paths(log: logging.Logger) -> None:
    """gunicorn names the address of a request that it could not serve, in a log of its own."""
    from django.conf import settings

    from core.redaction import SecretPaths

    log.addFilter(SecretPaths(settings.SECRET_PATHS))
