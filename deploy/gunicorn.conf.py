"""How gunicorn serves the portal: one process with threads by default; WEB_CONCURRENCY sets more processes."""

import gc
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


def post_worker_init(worker: Any) -> None:  # gunicorn's name for it
    """Keep what was loaded at the start out of garbage collection: looking it through stops all threads for a while.

    It lives as long as the process; a page makes some ten thousand objects, most of which go with it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
