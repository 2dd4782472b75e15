"""Old Word files (.doc, RTF) turned into .docx by LibreOffice, where it is installed, in a folder of its own."""

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from .shapes import Refused

_MOST_SECONDS = 30


def as_docx(content: bytes) -> bytes:
    """Return the file as .docx. Raises Refused: "no_word_97" without LibreOffice, "word_97_failed" where it fails.

    LibreOffice and all that it starts are stopped after 30 s; the folder goes with everything in it.
    """
    program = shutil.which("soffice")
    if program is None:
        raise Refused("no_word_97")
    with tempfile.TemporaryDirectory(prefix="portal-doc-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        (home / "source.doc").write_bytes(content)
        _convert(program, home)
        made = home / "made" / "source.docx"
        if not made.is_file():
            raise Refused("word_97_failed")
        return made.read_bytes()


def _convert(program: str, home: Path) -> None:
    command = [
        program,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        "--convert-to",
        "docx",
        "--outdir",
        str(home / "made"),
        str(home / "source.doc"),
    ]
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "TMPDIR": str(home),
    }
    # A session of its own, so that the helpers it starts can be stopped with it.
    running = subprocess.Popen(  # noqa: S603 - a fixed program and paths of our own
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=home,
        env=environment,
        start_new_session=True,
    )
    try:
        running.wait(timeout=_MOST_SECONDS)
    except subprocess.TimeoutExpired as slow:
        raise Refused("word_97_failed") from slow
    finally:
        _stop_all(running)


def _stop_all(running: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):  # all of them have ended by themselves
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()
