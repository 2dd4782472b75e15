"""Old Word files go through LibreOffice where it is installed, in a folder and a session of their own."""

import os
import tempfile
import time
from pathlib import Path

import pytest

from plans.sources import Refused, read_source, word97
from plans.sources.kinds import OLE_MAGIC
from tests.plans.sources.samples import paragraph, word

RTF = b"{\\rtf1\\ansi Ke hoach}"
DOC = OLE_MAGIC + bytes(504) + "WordDocument".encode("utf-16-le")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Where temporary folders are made, and a PATH with nothing of this machine's but the shell's own programs."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    for program in ("sh", "cp", "mkdir", "sleep", "cat"):
        (tmp_path / "bin" / program).symlink_to(
            next(p for p in ("/bin", "/usr/bin") if Path(p, program).exists()) + f"/{program}"
        )
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path


def install(place, script):
    """Put a stand-in for LibreOffice on the PATH: it sees the same arguments, in the same folder."""
    program = place / "bin" / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def code_of(content):
    with pytest.raises(Refused) as refused:
        read_source(content=content, name="x.doc")
    return refused.value.code


@pytest.mark.parametrize("content", [RTF, DOC])
def test_without_libreoffice_a_sentence_says_how_to_save(place, content):
    assert code_of(content) == "no_word_97"
    assert list((place / "temporary").iterdir()) == []


@pytest.mark.parametrize("content", [RTF, DOC])
def test_what_libreoffice_makes_of_it_is_read(place, content):
    (place / "made.docx").write_bytes(word(paragraph("Kế hoạch")))
    install(
        place,
        f'echo "$@" > {place}/asked; cat source.doc > {place}/got; mkdir made; cp {place}/made.docx made/source.docx',
    )
    source = read_source(content=content, name="x.doc")
    assert (source.kind, source.text) == ("doc", "Kế hoạch")
    assert (place / "got").read_bytes() == content
    asked = (place / "asked").read_text()
    assert "--headless" in asked
    assert "--convert-to docx" in asked
    assert f"-env:UserInstallation=file://{place}/temporary/" in asked
    assert list((place / "temporary").iterdir()) == []


@pytest.mark.parametrize("script", ["exit 1", "exit 0", "mkdir made", "kill -9 $$"])
def test_a_conversion_that_fails_is_refused(place, script):
    install(place, script)
    assert code_of(RTF) == "word_97_failed"
    assert list((place / "temporary").iterdir()) == []


def test_what_it_makes_is_checked_like_any_file(place):
    install(place, "mkdir made; echo no package > made/source.docx")
    assert code_of(RTF) == "word_97_failed"


def test_a_conversion_that_hangs_is_stopped_with_all_that_it_started(place, monkeypatch):
    monkeypatch.setattr(word97, "_MOST_SECONDS", 0.5)
    install(place, f"sleep 60 & echo $! > {place}/helper; sleep 60")
    began = time.monotonic()
    assert code_of(RTF) == "word_97_failed"
    assert time.monotonic() - began < 5
    helper = int((place / "helper").read_text())
    for _attempt in range(50):
        if not is_running(helper):
            break
        time.sleep(0.1)
    assert not is_running(helper)
    assert list((place / "temporary").iterdir()) == []


def is_running(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_secrets_of_the_portal_do_not_reach_it(place, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "geheim")
    install(place, f"cat /proc/self/environ > {place}/environment")
    assert code_of(RTF) == "word_97_failed"
    assert b"geheim" not in (place / "environment").read_bytes()
    assert os.environ["SECRET_KEY"] == "geheim"
