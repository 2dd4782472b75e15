"""A plan and a paper that ask for one number in the same moment, on a database with many writers."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection  # noqa: F401 - read by the mark

from plans.models import Plan
from plans.services import issue_plan
from reports.documents.models import OfficialDocument
from reports.documents.services import request_issue
from tests.reports.documents.test_numbers import paper, sent  # noqa: F401 - fixtures are used by name
from tests.reports.documents.wording.test_at_once import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="SQLite has one writer; its tests share a connection"
    ),
]


def test_one_of_the_two_gets_it(province, paper, leader):  # noqa: F811
    for number in range(1, 9):
        plan, document = sent(province.bloc_union), paper()
        wish = {"actor": leader, "document": document, "number": number, "dated": date(2024, 10, 5)}
        found = at_once(
            lambda plan=plan, number=number: issue_plan(
                actor=None, plan=plan, number=number, issued_on=date(2024, 1, 2)
            ),
            lambda wish=wish: request_issue(**wish),
        )
        refused = [one for one in found if isinstance(one, ValidationError)]
        assert [list(one.message_dict) for one in refused] == [["number"]]
        plan, document = Plan.objects.get(pk=plan.pk), OfficialDocument.objects.get(pk=document.pk)
        assert (plan.state == "issued") is ("number" not in document.job.params)
