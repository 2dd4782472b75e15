"""Many people at one draft's words in the same moment, on a database with many writers."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from core import jobs
from core.models import Job, JobState
from reports.documents.models import OfficialDocument
from reports.documents.services import request_issue
from reports.documents.wording.services import StaleWording, save_wording
from reports.documents.wording.versions import is_set
from tests.reports.documents.conftest import drafted, reported  # noqa: F401 - fixtures are used by name

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="SQLite has one writer; its tests share a connection"
    ),
]


def at_once(*steps) -> list[object]:
    """Take all steps together, each with a connection of its own; what they return or raise, in their order."""
    gate = Barrier(len(steps))

    def take(step):
        try:
            gate.wait(timeout=20)
            return step()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(take, steps))


def test_of_many_who_save_over_one_version_one_is_first_and_the_others_are_told(drafted, officer, leader):  # noqa: F811
    draft = drafted()

    def save(number: int):
        actor = officer if number % 2 else leader
        return lambda: save_wording(actor=actor, document=draft, words={"causes": (f"Lời {number}.",)}, seen=1).number

    found = at_once(*map(save, range(8)))
    assert Counter(type(one) for one in found) == {int: 1, StaleWording: 7}
    assert list(draft.wordings.values_list("number", flat=True)) == [1, 2]


def test_words_saved_while_earlier_ones_are_set_end_up_on_the_paper(drafted, officer):  # noqa: F811
    """Whichever comes first, the job or the save: the newest words get set, by the newest job."""
    for _round in range(3):
        draft = drafted()
        save_wording(actor=officer, document=draft, words={"causes": ("Một.",)}, seen=1)
        draft.refresh_from_db()
        older = draft.job_id

        def newer(draft=draft):
            return save_wording(actor=officer, document=draft, words={"causes": ("Hai.",)}, seen=2).number

        assert at_once(lambda older=older: jobs.run(older), newer) == [None, 3]
        draft = OfficialDocument.objects.get(pk=draft.pk)
        assert draft.job_id != older
        assert Job.objects.get(pk=older).state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
        jobs.run(draft.job_id)
        draft = OfficialDocument.objects.get(pk=draft.pk)
        assert (draft.snapshot["report"]["causes"], is_set(draft)) == (["Hai."], True)


def test_a_draft_that_is_issued_while_somebody_saves_says_what_its_versions_say(drafted, officer, leader):  # noqa: F811
    from datetime import date

    draft = drafted()

    def issue():
        return request_issue(actor=leader, document=draft, number=86, dated=date(2024, 10, 5))

    at_once(issue, lambda: save_wording(actor=officer, document=draft, words={"causes": ("Một.",)}, seen=1))
    draft = OfficialDocument.objects.get(pk=draft.pk)
    jobs.run(draft.job_id)
    draft = OfficialDocument.objects.get(pk=draft.pk)
    # One of the two was refused: either it is issued without the words, or it is a draft with them.
    expected = {"issued": ([], 0), "draft": (["Một."], 2)}
    assert (draft.snapshot["report"]["causes"], draft.wordings.count()) == expected[draft.state]
    assert is_set(draft)
