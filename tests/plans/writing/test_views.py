"""Pages on which the sections of a draft are written by hand, without a script."""

import pytest

from plans.services import add_section, send_to_leader
from tests.making import count_queries, draft, target


@pytest.fixture
def written(province):
    """I (1), II."""
    plan = draft(province.bloc_union)
    first = add_section(plan=plan, number="I", heading="Chủ đề")
    add_section(plan=plan, number="1", heading="Một", parent=first)
    add_section(plan=plan, number="II", heading="Nhiệm vụ")
    return plan


def addresses(plan) -> list[tuple[str, str]]:
    return list(plan.sections.order_by("order").values_list("address", "heading"))


def test_buttons_move_a_section_without_a_script(client, officer, written):
    client.force_login(officer)
    second = written.sections.get(address="II")
    page = client.get(f"/plans/{written.pk}/sections/")
    assert [[step for step, _words, _icon, is_open in row.steps if is_open] for row in page.context["rows"]] == [
        ["down"],
        ["out"],
        ["up", "in"],
    ]
    done = client.post(f"/plans/{written.pk}/sections/{second.pk}/move/", {"step": "up"})
    assert done.url == f"/plans/{written.pk}/sections/?moved={second.pk}&step=up"
    assert addresses(written) == [("II", "Nhiệm vụ"), ("I", "Chủ đề"), ("I/1", "Một")]
    down = client.post(f"/plans/{written.pk}/sections/{second.pk}/move/", {"step": "down"}, follow=True)
    assert addresses(written)[-1] == ("II", "Nhiệm vụ")
    assert down.content.decode().count(" autofocus") == 0  # it cannot go further down
    for step in ("down", "sideways", ""):
        client.post(f"/plans/{written.pk}/sections/{second.pk}/move/", {"step": step})
    assert addresses(written) == [("I", "Chủ đề"), ("I/1", "Một"), ("II", "Nhiệm vụ")]


def test_the_button_pressed_last_has_the_focus(client, officer, written):
    client.force_login(officer)
    add_section(plan=written, number="III", heading="Giải pháp")
    add_section(plan=written, number="IV", heading="Tổ chức")
    last = written.sections.get(address="IV")
    page = client.post(f"/plans/{written.pk}/sections/{last.pk}/move/", {"step": "up"}, follow=True).content.decode()
    focused = page[: page.index(" autofocus")].rpartition("<button")[2]
    assert 'value="up"' in focused
    assert page.count(" autofocus") == 1


def test_a_section_is_put_under_another_with_its_words(client, officer, written):
    client.force_login(officer)
    second, first = written.sections.get(address="II"), written.sections.get(address="I")
    address = f"/plans/{written.pk}/sections/{second.pk}/"
    sent = {"parent": first.pk, "number": "2", "heading": "Hai", "text": "", "topic": ""}
    refused = client.post(address, {**sent, "heading": ""})
    assert (refused.status_code, addresses(written)[-1]) == (422, ("II", "Nhiệm vụ"))
    done = client.post(address, sent)
    assert done.url == f"/plans/{written.pk}/#s-{second.pk}"
    assert addresses(written) == [("I", "Chủ đề"), ("I/1", "Một"), ("I/2", "Hai")]
    itself = client.post(f"/plans/{written.pk}/sections/{first.pk}/", {**sent, "parent": second.pk, "number": "I"})
    assert itself.context["form"].errors == {
        "parent": ["Một mục không thể nằm dưới chính nó hoặc dưới mục con của nó."]
    }


def test_numbers_are_shown_before_they_are_written(client, officer, written):
    client.force_login(officer)
    written.sections.filter(address="II").update(number="V", address="V")
    address = f"/plans/{written.pk}/sections/numbers/"
    page = client.get(address)
    assert [(change.section.number, change.new) for change in page.context["changes"]] == [
        ("I", "I"),
        ("1", "1"),
        ("V", "II"),
    ]
    assert client.post(address, {"fingerprint": "x"}).url == address
    assert addresses(written)[-1] == ("V", "Nhiệm vụ")
    assert client.post(address, {"fingerprint": page.context["fingerprint"]}).url == f"/plans/{written.pk}/sections/"
    assert addresses(written) == [("I", "Chủ đề"), ("I/1", "Một"), ("II", "Nhiệm vụ")]
    top = written.sections.get(address="I")
    one = client.get(address, {"beside": top.pk, "style": "arabic"})
    client.post(f"{address}?beside={top.pk}&style=arabic", {"fingerprint": one.context["fingerprint"]})
    assert addresses(written) == [("1", "Chủ đề"), ("1/1", "Một"), ("2", "Nhiệm vụ")]
    wrong = client.get(address, {"beside": 10**6, "style": "arabic"})
    assert set(wrong.context["form"].errors) == {"beside"}


def test_deleting_a_section_asks_where_its_targets_go(client, officer, written):
    client.force_login(officer)
    second, first = written.sections.get(address="II"), written.sections.get(address="I")
    hearts = target(written, section=second)
    address = f"/plans/{written.pk}/sections/{second.pk}/delete/"
    assert "Mục này đang có: 1 chỉ tiêu." in client.get(address).content.decode()
    above = f"/plans/{written.pk}/sections/{first.pk}/delete/"
    assert "Có 1 mục nằm dưới mục này." in client.get(above).content.decode()
    assert client.post(above).status_code == 422
    assert client.post(address, {"into": 10**6}).status_code == 422
    assert client.post(address, {"into": first.pk}).url == f"/plans/{written.pk}/sections/"
    hearts.refresh_from_db()
    assert (hearts.section, addresses(written)) == (first, [("I", "Chủ đề"), ("I/1", "Một")])


def test_writing_pages_say_that_a_sent_plan_is_frozen(client, officer, written):
    client.force_login(officer)
    section = written.sections.get(address="II")
    send_to_leader(actor=None, plan=written)
    page = client.get(f"/plans/{written.pk}/sections/").content.decode()
    assert "Chỉ sửa được khi văn bản còn là dự thảo." in page
    assert 'name="step"' not in page
    moved = client.post(f"/plans/{written.pk}/sections/{section.pk}/move/", {"step": "up"}, follow=True)
    assert "Chỉ sửa được khi văn bản còn là dự thảo." in moved.content.decode()
    assert client.post(f"/plans/{written.pk}/sections/{section.pk}/delete/").status_code == 422
    assert addresses(written) == [("I", "Chủ đề"), ("I/1", "Một"), ("II", "Nhiệm vụ")]


def test_longer_outlines_ask_no_more_of_the_database(client, officer, written):
    client.force_login(officer)
    pages = [
        f"/plans/{written.pk}/sections/",
        f"/plans/{written.pk}/sections/numbers/",
        f"/plans/{written.pk}/targets/",
    ]
    target(written, code="0")
    few = [count_queries(lambda page=page: client.get(page)) for page in pages]
    first = written.sections.get(address="I")
    for number in range(2, 30):
        section = add_section(plan=written, number=str(number), heading="Nữa", parent=first)
        add_section(plan=written, number=f"{number}.1", heading="Nữa", parent=section)
        target(written, code=str(number), section=section)
    assert [count_queries(lambda page=page: client.get(page)) for page in pages] == few
