"""Hundreds of comments: paged, found by their address, and asking the same of the database as one."""

from datetime import timedelta

import pytest

from activities.models import Activity, Comment
from core import clock
from tests.making import activity, count_queries, draft, issue


@pytest.fixture
def drive(province) -> Activity:
    plan = draft(province.bloc_union)
    made = activity(province.bloc_union, plan=plan, scope="all_units")
    issue(plan)
    made.refresh_from_db()
    return made


def many(drive: Activity, author, unit, count: int) -> list[Comment]:
    """``count`` words, the first one the oldest, each answering the one before."""
    rows: list[Comment] = []
    for number in range(count):
        at = clock.now() - timedelta(minutes=count - number)
        answers = rows[-1] if rows else None
        row = Comment(activity=drive, author=author, unit=unit, text=f"Ý kiến số {number}.", written_at=at)
        row.answers = answers
        row.save()
        rows.append(row)
    return rows


def test_they_are_paged_newest_first_and_found_by_their_address(client, province, drive, officer, secretary):
    rows = many(drive, secretary, province.justice, 95)
    client.force_login(officer)
    first = client.get(f"/activities/{drive.pk}/comments/").content.decode()
    assert [f'id="c-{rows[number].pk}"' in first for number in (94, 65, 64)] == [True, True, False]
    for number, page in ((94, ""), (65, ""), (64, "?page=2"), (0, "?page=4")):
        leads = client.get(f"/activities/comments/{rows[number].pk}/")["Location"]
        assert leads == f"/activities/{drive.pk}/comments/{page}#c-{rows[number].pk}"
        assert f"Ý kiến số {number}." in client.get(leads).content.decode()
    shown = client.get(f"/activities/{drive.pk}/").content.decode()
    assert ("Xem tất cả 95 ý kiến" in shown, shown.count('class="word"')) == (True, 3)


@pytest.mark.parametrize("who", ["officer", "secretary"])
def test_pages_ask_the_same_at_1_and_at_200(client, request, province, drive, who, secretary):
    client.force_login(request.getfixturevalue(who))
    many(drive, secretary, province.justice, 1)
    addresses = [f"/activities/{drive.pk}/comments/", f"/activities/{drive.pk}/"]
    at_one = [count_queries(lambda a=address: client.get(a)) for address in addresses]
    many(drive, secretary, province.justice, 200)
    assert [count_queries(lambda a=address: client.get(a)) for address in addresses] == at_one
    assert max(at_one) <= 15
