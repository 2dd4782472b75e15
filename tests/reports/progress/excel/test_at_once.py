"""Two people bring in the same month at the same moment, while a unit types: one of them is told to look again."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from core.workbooks import NotApplied, running
from reports.progress.errors import StaleVersion
from reports.progress.models import ProgressEntry, ProgressReport
from reports.progress.services import save_draft
from tests.reports.progress.scenes import amount

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="SQLite has one writer; its tests share a connection"
    ),
]


def test_one_of_many_at_once_is_written_and_all_of_it(
    officer, top_officer, secretary, report, resolution, month_of, month_book
):
    blood = resolution.blood.indicator_id
    column, gate = f"i{blood}_amount", Barrier(5)

    def bring(user) -> str:
        book = month_book(user)
        for number, code in enumerate(sorted(book.rows(), reverse=user == top_officer)):
            if code not in ("QNA", "QNA-KCQ"):
                book.put(code, column, number)
        resource = month_of(user)
        judged = running.judge(resource, running.table_of(resource, book.file()), user=user)
        gate.wait(timeout=20)
        try:
            running.write(resource, judged)
        except NotApplied:
            return "again"
        finally:
            connection.close()
        return user.username

    def type_in() -> str:
        gate.wait(timeout=20)
        try:
            save_draft(actor=secretary, report=report, entries={blood: amount(99)}, narratives={}, version=0)
        except StaleVersion:
            return "again"
        finally:
            connection.close()
        return secretary.username

    with ThreadPoolExecutor(5) as pool:
        bringing = [pool.submit(bring, user) for user in (officer, top_officer, officer, top_officer)]
        met = [pool.submit(type_in).result(), *(one.result() for one in bringing)]
    written = [name for name in met if name != "again"]
    # The unit's own save is of one report; a month that lost it all is not written in part.
    assert len(written) == 1
    count = 1 if written == [secretary.username] else 6
    assert ProgressEntry.objects.count() == count
    assert ProgressReport.objects.filter(state="draft", version=1).count() == count
    assert {row.events.count() for row in ProgressReport.objects.filter(state="draft")} == {1}
