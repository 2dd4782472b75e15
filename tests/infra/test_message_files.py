"""Messages as files: a worker that looks while one is being written sees nothing of it."""

from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from doan_portal import message_files


def test_a_message_is_there_whole_or_not_at_all(tmp_path, monkeypatch):
    folder = str(tmp_path)
    options = {"data_folder_in": folder, "data_folder_out": folder, "control_folder": str(tmp_path / "control")}
    channel = Connection("filesystem://localhost", transport_options=options).channel()
    assert isinstance(channel, message_files.WholeMessages)
    seen = []

    def look(path: Path, content: bytes) -> int:
        path.touch()
        with pytest.raises(Empty):
            channel._get("celery")
        seen.append(path.name)
        return written(path, content)

    written = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", look)
    channel._put("celery", {"body": "chữ"})
    assert channel._get("celery") == {"body": "chữ"}
    assert len(seen) == 1
    with pytest.raises(Empty):
        channel._get("celery")
