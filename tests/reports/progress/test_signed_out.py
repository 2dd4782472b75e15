"""A report that is handed in after the session ended: nothing is handed in, and the person learns it on its page."""

from reports.enums import ReportState
from tests.conftest import PASSWORD

ADDRESS = "/reports/QNA-KCQ-003/2024-09/"
SENTENCE = "Phiên làm việc đã hết hạn nên thao tác vừa rồi chưa được thực hiện."


def test_handing_in_leads_back_to_the_report(client, report, secretary):
    client.force_login(secretary)
    client.session.flush()
    refused = client.post(f"{ADDRESS}submit/", headers={"referer": f"http://testserver{ADDRESS}"})
    assert refused["Location"] == f"/accounts/login/?next={ADDRESS}"
    form = {"login": secretary.username, "password": PASSWORD, "next": ADDRESS}
    page = client.post(refused["Location"], form, follow=True)
    assert (page.status_code, page.request["PATH_INFO"]) == (200, ADDRESS)
    assert page.content.decode().count(SENTENCE) == 1
    report.refresh_from_db()
    assert report.state == ReportState.NOT_STARTED


def test_the_form_brings_the_words_for_what_it_could_not_save(client, report, secretary):
    client.force_login(secretary)
    page = client.get(ADDRESS).content.decode()
    assert (
        'data-signed-out="Đồng chí đã đăng xuất hoặc phiên làm việc đã hết hạn nên nội dung này chưa được lưu.' in page
    )
