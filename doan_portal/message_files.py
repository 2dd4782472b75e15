"""Celery's messages as files, for one machine without Redis: each is in the queue's folder whole, or not at all.

kombu makes the file first and writes it then; a worker that looks in between takes it away empty, loses the message and
dies of it.
"""

import uuid
from pathlib import Path
from time import monotonic
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils import json


class WholeMessages(filesystem.Channel):
    """kombu's channel with messages that are written under a name which nobody reads, and then given theirs."""

    def _put(self, queue: str, payload: Any, **_options: Any) -> None:  # type: ignore[override]
        name = f"{round(monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        whole = Path(self.data_folder_out) / name
        begun = whole.with_name(f"{name}.begun")
        try:
            begun.write_bytes(str(json.dumps(payload)).encode())  # type: ignore[no-untyped-call]
            begun.replace(whole)
        except OSError as error:
            raise ChannelError(f"Cannot add file {str(whole)!r} to directory") from error


def install() -> None:
    """Have kombu's file transport use it."""
    filesystem.Transport.Channel = WholeMessages
