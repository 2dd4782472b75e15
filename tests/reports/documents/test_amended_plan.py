"""Papers before and after an amendment: those made stay, new ones tell the latest version, nothing twice."""

from datetime import date

from plans.services import issue_plan, send_to_leader
from plans.versions.amending import amend_plan
from tests.making import activity

MAY = date(2024, 5, 2)
AUGUST = (date(2024, 8, 1), date(2024, 8, 31), "month")


def test_a_paper_stays_and_the_next_one_tells_the_latest_version(drafted, reported, province):
    activity(province.bloc_union, "Hội trại", plan=reported.plan, windows=[AUGUST])
    before = drafted()
    kept = dict(before.snapshot)
    amendment = amend_plan(actor=None, plan=reported.plan)
    assert drafted().snapshot == kept
    send_to_leader(actor=None, plan=amendment)
    issue_plan(actor=None, plan=amendment, number=9, issued_on=MAY, place="Quảng Nam")
    after = drafted().snapshot
    before.refresh_from_db()
    assert before.snapshot == kept
    was, now = kept["report"], after["report"]
    assert {name for name in was if was[name] != now[name]} == {"plan"}
    assert now["plan"]["number"] == "09-NQ/ĐTN"
