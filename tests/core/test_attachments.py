"""What may be kept as an attachment is told by its content; everything else is refused in a sentence that names it."""

import io
import zipfile

import pytest
from openpyxl import Workbook
from PIL import Image

from core.attachments import LARGEST, AttachmentRefused, checked

WRONG_KIND = "“{}” không phải là ảnh (JPEG, PNG, WebP), PDF hay tệp Word, Excel, PowerPoint."


def workbook() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "blue").save(out, "PNG")
    return out.getvalue()


def package(types: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
    return out.getvalue()


MACROS = package(
    '<Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'
    '<Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
)


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("anh.png", photo(), ("anh.jpg", "image/jpeg")),
        ("bien-ban.pdf", b"%PDF-1.7\n", ("bien-ban.pdf", "application/pdf")),
        ("bang.xlsx", workbook(), ("bang.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
        ("../../etc/anh.exe", photo(), ("anh.jpg", "image/jpeg")),
        ("C:\\Ảnh\\ngày hội.PNG", photo(), ("ngày hội.jpg", "image/jpeg")),
        ("", photo(), ("tep.jpg", "image/jpeg")),
    ],
)
def test_what_may_be_kept_has_the_ending_of_its_content(name, content, kept):
    attachment = checked(name=name, content=content)
    assert (attachment.name, attachment.content_type) == kept


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("rong.jpg", b"", "Tệp “rong.jpg” rỗng."),
        ("to.pdf", b"%PDF-" + b"x" * LARGEST, "Tệp “to.pdf” lớn hơn 15 MB."),
        ("anh.jpg", b"<script>alert(1)</script>", WRONG_KIND.format("anh.jpg")),
        ("anh.svg", b"<svg onload='alert(1)'/>", WRONG_KIND.format("anh.svg")),
        ("anh.png", b"\x89PNG\r\n\x1a\n<?php", "Không mở được ảnh “anh.png”: tệp hỏng hoặc không phải là ảnh."),
        ("bang.xlsx", MACROS, WRONG_KIND.format("bang.xlsx")),
        ("bang.docx", package("<Types/>"), WRONG_KIND.format("bang.docx")),
        ("goi.docx", b"PK\x03\x04" + b"\0" * 99, WRONG_KIND.format("goi.docx")),
    ],
    ids=["empty", "too large", "script", "drawing", "broken photo", "macros", "another package", "broken package"],
)
def test_what_may_not_be_kept_is_refused_by_name(name, content, sentence):
    with pytest.raises(AttachmentRefused) as refused:
        checked(name=name, content=content)
    assert refused.value.sentence == sentence
