"""A small document of our own and the ways to have it read, through the services and through the pages."""

from django.core.files.uploadedfile import SimpleUploadedFile

from core import jobs
from core.models import Job
from plans.models import Plan
from plans.reading.services import plan_from_source
from plans.sources import read_pasted
from units.models import Unit

DOCUMENT = """BCH ĐOÀN KHỐI CÁC CƠ QUAN
***
\tĐOÀN TNCS HỒ CHÍ MINH
\tSố: 05 - CTr/ĐTN
\tQuảng Nam, ngày 10 tháng 01 năm 2024

CHƯƠNG TRÌNH
Công tác Đoàn và phong trào thanh niên năm 2024
-------------------
Ban Thường vụ Đoàn Khối xây dựng chương trình công tác năm 2024 như sau:

I. MỤC ĐÍCH
Nâng cao chất lượng tổ chức Đoàn & phong trào, tỷ lệ yếu < 5%.

II. HỆ THỐNG CHỈ TIÊU
1. Cấp Đoàn Khối:
1.1. Vận động hiến máu đạt từ 120 - 160 đơn vị máu.
1.2. Trồng mới 900 cây xanh.
2. Cấp cơ sở:
2.1. 100% chi đoàn cơ sở tổ chức Đại hội trong Quý II/2024.

III. TỔ CHỨC THỰC HIỆN
- Các đơn vị gửi báo cáo về Đoàn Khối trước ngày 20/11/2024.
- Giao Văn phòng theo dõi việc thực hiện.

Nơi nhận:
- Tỉnh đoàn (b/c);
- Lưu: VP.
"""


def read_plan(unit: Unit, actor=None, text: str = DOCUMENT) -> Plan:
    """The document's plan, made through the service without a file."""
    return plan_from_source(actor=actor, unit=unit, source=read_pasted(text), stored=None)


def upload(text: str | bytes = DOCUMENT, name: str = "Chuong trinh 2024.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def sent(client, **fields) -> Job:
    """The job of a document sent through the page; it still waits."""
    answer = client.post("/plans/from-document/", fields or {"file": upload()})
    assert answer.status_code == 302, answer.context["form"].errors
    return Job.objects.get(pk=int(answer["Location"].strip("/").split("/")[-1]))


def done(job: Job) -> Job:
    """The job after a worker took it."""
    jobs.run(job.pk)
    job.refresh_from_db()
    return job
