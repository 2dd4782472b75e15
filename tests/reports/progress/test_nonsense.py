"""Nonsense through the pages: a sentence that names the field or the file, and nothing half done."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import StoredFile
from reports.progress.models import Evidence, ProgressEntry
from tests.reports.progress.test_evidence import files_on_disk

ADDRESS = "/reports/QNA-KCQ-003/2024-09/"
ONLY_A_NUMBER = "Ô này chỉ ghi số, ví dụ 12 hoặc 1.500 hoặc 12,5. Chưa có số thì để trống."
TOO_LARGE = "Số quá lớn, đề nghị kiểm tra lại."
# (target of the resolution, what is typed by field, the field that is named, its sentence)
NONSENSE = [
    ("blood", {"amount": "-3"}, "amount", "Số liệu không thể âm."),
    ("blood", {"amount": "1" + "0" * 30}, "amount", TOO_LARGE),
    ("blood", {"amount": "N/A"}, "amount", ONLY_A_NUMBER),
    ("money", {"amount": "=SUM(A1:A9)"}, "amount", ONLY_A_NUMBER),
    ("money", {"amount": "0,12345"}, "amount", "Nhiều nhất 4 chữ số sau dấu phẩy."),
    ("study", {"numerator": "33", "denominator": "32"}, "numerator", "Số đạt được không thể lớn hơn tổng số."),
    ("study", {"numerator": "1", "denominator": "1" + "0" * 30}, "denominator", TOO_LARGE),
    ("study", {"numerator": "-1", "denominator": "32"}, "numerator", "Số liệu không thể âm."),
    ("study", {"numerator": "N/A", "denominator": "32"}, "numerator", ONLY_A_NUMBER),
    ("congress", {"is_done": "yes", "done_on": "1900-01-01"}, "done_on", "Ngày này trước ngày bắt đầu tính, 1/1/2024."),
    ("congress", {"is_done": "yes", "done_on": "31/2/2024"}, "done_on", "Ghi ngày theo dạng 26/3/2024."),
    ("congress", {"is_done": "yes", "done_on": ""}, "done_on", "Xong vào ngày nào?"),
]
NAMES = [f"{target} {next(iter(typed.values()))[:12]}" for target, typed, _field, _sentence in NONSENSE]


@pytest.mark.parametrize(("target", "typed", "field", "sentence"), NONSENSE, ids=NAMES)
def test_the_field_is_named_and_the_rest_is_kept(target, typed, field, sentence, client, report, resolution, secretary):
    """By autosave and by the button alike; the report is not handed in."""
    client.force_login(secretary)
    indicator = getattr(resolution, target).indicator_id
    sent = {f"i{indicator}-{name}": value for name, value in typed.items()}
    sent[f"i{resolution.works.indicator_id}-amount"] = "2"
    said = client.post(f"{ADDRESS}autosave/", {**sent, "version": 0}).json()
    assert said["errors"] == {f"i{indicator}-{field}": [sentence]}
    answer = client.post(f"{ADDRESS}submit/", {**sent, "version": said["version"]})
    assert (answer.status_code, dict(answer.context["form"].errors)) == (422, {f"i{indicator}-{field}": [sentence]})
    assert sentence in answer.content.decode()
    assert list(ProgressEntry.objects.values_list("report", "indicator", "amount")) == [
        (report.pk, resolution.works.indicator_id, 2)
    ]
    report.refresh_from_db()
    assert report.state == "draft"


def png_of(width: int, height: int) -> bytes:
    """A picture that says that it is so large; nothing of it has to be there for that."""
    head = struct.pack(">II5B", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<script>alert(1)</script>", "không phải là ảnh"),
        (b"\xff\xd8\xff<script>alert(1)</script>", "tệp hỏng hoặc không phải là ảnh"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "không phải là ảnh"),
        (png_of(20_000, 10_000), "quá lớn"),
    ],
    ids=["script", "script with a photo's first bytes", "drawing", "200 megapixels"],
)
def test_a_file_that_is_no_photo_is_named_and_leaves_nothing(content, sentence, client, report, secretary):
    client.force_login(secretary)
    for step, headers in (("evidence", {"hx-request": "true"}), ("evidence", {}), ("save", {}), ("submit", {})):
        report.refresh_from_db()
        chosen = SimpleUploadedFile("ngay-hoi.jpg", content, content_type="image/jpeg")
        form = {"version": report.version, "evidence": chosen}
        page = client.post(f"{ADDRESS}{step}/", form, headers=headers, follow=True).content.decode()
        assert (step, "“ngay-hoi.jpg”" in page, sentence in page) == (step, True, True)
    assert (Evidence.objects.count(), StoredFile.objects.count(), files_on_disk()) == (0, 0, [])


def test_a_photo_cut_off_on_the_way_is_refused(client, report, secretary):
    from PIL import Image

    whole = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(whole, "JPEG")
    client.force_login(secretary)
    chosen = SimpleUploadedFile("ngay-hoi.jpg", whole.getvalue()[:-200])
    page = client.post(f"{ADDRESS}evidence/", {"evidence": chosen}, headers={"hx-request": "true"}).content.decode()
    assert "“ngay-hoi.jpg”" in page
    assert files_on_disk() == []
