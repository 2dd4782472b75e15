"""The two doors: a file read in a process of its own, and pasted text. Every failure is a Refused with a sentence."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path, PurePath

from .composing import source_of
from .kinds import OLE_MAGIC, RTF_MAGIC, kind_of
from .shapes import MAX_BYTES, OffsetMap, Refused, Source
from .word97 import as_docx

_HERE = Path(__file__).resolve().parents[2]
_MOST_SECONDS = 4.5
_OVER_LIMIT = {-signal.SIGXCPU, -signal.SIGKILL}


def read_source(*, content: bytes, name: str) -> Source:
    """Return the text of a file, opened in a process of its own (5 s; an old .doc 30 s more for LibreOffice).

    ``name`` tells Markdown from plain text and nothing else: the type is told by the content. Raises Refused.
    """
    if len(content) > MAX_BYTES:
        raise Refused("too_large")
    if content.startswith((OLE_MAGIC, RTF_MAGIC)) and kind_of(content) == "doc":
        found = _read_apart(as_docx(content))
        if found.kind != "docx":
            raise Refused("word_97_failed")
        return Source(text=found.text, kind="doc", origin=found.origin)
    found = _read_apart(content)
    if found.kind == "txt" and PurePath(name).suffix.lower() in {".md", ".markdown"}:
        return Source(text=found.text, kind="md", origin=found.origin)
    return found


def read_pasted(letters: str) -> Source:
    """Return pasted text as a Source. Raises Refused ("empty", "too_long")."""
    return source_of([letters], kind="txt")


def _read_apart(content: bytes) -> Source:
    """Return what the process answers; one that is stopped, dies or says nothing refuses the file."""
    command = [sys.executable, "-B", "-s", "-X", "utf8", "-m", f"{__package__}"]
    # Nothing of the portal's environment goes along: it holds the secret key and the database's password.
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell
            command, input=content, capture_output=True, timeout=_MOST_SECONDS, cwd=_HERE, env=environment, check=False
        )
    except subprocess.TimeoutExpired as slow:
        raise Refused("too_heavy") from slow
    except BrokenPipeError as early:
        raise Refused("broken") from early
    if done.returncode != 0 or not done.stdout:
        # A negative code is a signal: out of time (SIGXCPU), out of memory, or a fault in a parser.
        raise Refused("too_heavy" if done.returncode in _OVER_LIMIT else "broken")
    answer = json.loads(done.stdout)
    if code := answer.get("refused"):
        raise Refused(code)
    origin = OffsetMap(tuple(answer["here"]), tuple(answer["there"]))
    return Source(text=answer["text"], kind=answer["kind"], pages=tuple(answer["pages"]), origin=origin)
