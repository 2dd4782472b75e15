"""What is not read is refused in a sentence, whatever the file's name says, and nothing is left behind."""

import os
import re
import subprocess
import sys
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.utils.translation import override

from plans.sources import MAX_BYTES, Refused, read_source
from plans.sources.kinds import OLE_MAGIC
from plans.sources.refusals import SENTENCES, sentence
from plans.sources.shapes import MAX_LETTERS
from tests.plans.sources.samples import WORDML, body, paragraph, scan, with_part, word

ROOT = Path(__file__).resolve().parents[3]
ENTITIES = "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def ole(*names, head=b""):
    """The first blocks of a compound file with these streams in its directory."""
    return OLE_MAGIC + bytes(504) + head.ljust(512, b"\0") + b"".join(name.encode("utf-16-le") for name in names)


def workbook():
    stream = BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


def package(**parts):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def claims_gigabytes():
    """A part that says of itself, in the list of parts, that it unpacks to 3 GB."""
    content = bytearray(word(paragraph("x")))
    entry = content.index(b"PK\x01\x02", content.rindex(b"PK\x01\x02", 0, content.index(b"PK\x05\x06")) - 1)
    content[entry + 24 : entry + 28] = (3 * 2**30).to_bytes(4, "little")
    return bytes(content)


def cipher_flag():
    content = bytearray(word(paragraph("x")))
    content[content.index(b"PK\x01\x02") + 8] |= 0x1
    return bytes(content)


def bomb(part):
    grown = f"{ENTITIES}]><w:document {WORDML}><w:body>{paragraph('&i;')}</w:body></w:document>".encode()
    return with_part(word(), part, grown)


def unpacks_to_120_mb():
    return with_part(word(), "word/media/image1.png", bytes(120_000_000))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"", "empty"),
        (lambda: word(paragraph(" ")), "empty"),
        (lambda: bytes(MAX_BYTES + 1), "too_large"),
        (lambda: ("a" * 1000 + "\n").encode() * (MAX_LETTERS // 1000), "too_long"),
        (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "wrong_type"),
        (lambda: b"MZ\x90\x00" + bytes(400), "wrong_type"),
        (lambda: package(mimetype="application/vnd.oasis.opendocument.text"), "wrong_type"),
        (lambda: package(**{"[Content_Types].xml": "presentationml.presentation"}), "wrong_type"),
        (workbook, "workbook"),
        (lambda: ole("Workbook"), "workbook"),
        (lambda: ole("__nameid_version1.0"), "wrong_type"),
        (lambda: ole("EncryptedPackage", "EncryptionInfo"), "encrypted"),
        (lambda: ole("WordDocument", head=b"\xec\xa5\xc1\x00" + bytes(7) + b"\x01"), "encrypted"),
        (lambda: ole(head=b"\xec\xa5\xc1\x00"), "broken"),
        (cipher_flag, "encrypted"),
        (lambda: word(paragraph("x"))[:-200], "broken"),
        (lambda: with_part(word(), "word/document.xml", b"<w:document"), "broken"),
        (lambda: with_part(word(), "[Content_Types].xml", b"wordprocessingml.document.main+xml"), "wrong_type"),
        (lambda: b"%PDF-1.7\n1 0 obj\n<<", "broken"),
        (scan, "scan"),
        (claims_gigabytes, "too_heavy"),
        (unpacks_to_120_mb, "too_heavy"),
        (lambda: bomb("word/document.xml"), "too_heavy"),
        (lambda: bomb("word/numbering.xml"), "too_heavy"),
        (lambda: package(**{f"p{number}": "" for number in range(2100)}), "too_heavy"),
        (lambda: with_part(word(), "word/document.xml", body("<w:p/>" * 60_000)), "too_long"),
        (lambda: with_part(word(), "word/document.xml", body("<w:sdt>" * 5000 + "</w:sdt>" * 5000)), "broken"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["kehoach.docx"])
def test_refused_with_a_code_and_nothing_left_behind(make, code, name, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(Refused) as refused:
        read_source(content=make(), name=name)
    assert refused.value.code == code
    assert str(refused.value) == sentence(code)
    assert list(tmp_path.iterdir()) == []


def test_a_million_paragraphs_are_refused_on_any_machine():
    """A slow one stops at the time or the memory, a quick one at the number of lines."""
    with pytest.raises(Refused) as refused:
        read_source(content=with_part(word(), "word/document.xml", body("<w:p/>" * 1_000_000)), name="x.docx")
    assert refused.value.code in {"too_heavy", "too_long"}


@pytest.mark.parametrize(("name", "kind"), [("x.docx", "txt"), ("x", "txt"), ("x.pdf", "txt"), ("KH.MD", "md")])
def test_the_content_tells_the_kind_not_the_name(name, kind):
    source = read_source(content="Kế hoạch\r\nTháng 3".encode(), name=name)
    assert (source.kind, source.text, source.pages) == (kind, "Kế hoạch\nTháng 3", ())
    assert source.origin.back(source.text.index("Tháng")) == len("Kế hoạch\r\n")


def test_a_word_file_called_otherwise_is_one():
    assert read_source(content=word(paragraph("Thân")), name="x.pdf").kind == "docx"


def test_every_refusal_has_its_sentence_in_vietnamese_and_none_is_left_over():
    sources = [path.read_text() for path in (ROOT / "plans/sources").glob("*.py") if path.name != "refusals.py"]
    raised = {
        code
        for source in sources
        for line in re.findall(r"Refused\((.*)\)|return \{\"refused\": (.*)\}", source)
        for code in re.findall(r'"([a-z_0-9]+)"', "".join(line))
    }
    assert raised == set(SENTENCES)
    with override("vi"):
        vietnamese = {code: sentence(code) for code in SENTENCES}
    with override("en"):
        assert [code for code in SENTENCES if sentence(code) == vietnamese[code]] == []


def test_the_process_that_opens_files_loads_no_django_and_knows_no_secret(tmp_path):
    content = word(paragraph("Thân"))
    listing = (
        "import sys, os; from plans.sources.opening import open_source; open_source(sys.stdin.buffer.read());"
        "print([name for name in sys.modules if name.split('.')[0] in {'django', 'weasyprint', 'openpyxl'}])"
    )
    done = subprocess.run([sys.executable, "-c", listing], input=content, capture_output=True, cwd=ROOT, check=True)
    assert done.stdout.decode().strip() == "[]"


def test_limits_of_the_process(tmp_path):
    asked = (
        "import resource as r, json; from plans.sources.__main__ import limit; limit();"
        "print(json.dumps([r.getrlimit(x)[1] for x in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_CORE)]))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, cwd=ROOT, check=True)
    assert done.stdout.decode().strip() == f"[{512 * 2**20}, 5, 0, 0]"


def test_a_process_that_is_killed_refuses_the_file(monkeypatch):
    monkeypatch.setattr("plans.sources.reading._MOST_SECONDS", 0.001)
    before = set(Path("/proc").iterdir())
    with pytest.raises(Refused) as refused:
        read_source(content=word(paragraph("x")), name="x.docx")
    assert refused.value.code == "too_heavy"
    assert [process for process in set(Path("/proc").iterdir()) - before if is_child(process)] == []


def is_child(process):
    try:
        return f"\nPPid:\t{os.getpid()}\n" in (process / "status").read_text()
    except OSError:
        return False
