"""Plans whose shares are handed down, for the tests of this room."""

from datetime import date
from decimal import Decimal

from targets.models import Target
from targets.services import Share, allocate, hand_down_many
from tests.conftest import Province
from tests.making import draft, indicator, issue, ratio, target

D = Decimal
NEW_YEAR, JULY, TODAY = date(2024, 1, 1), date(2024, 7, 1), date(2024, 10, 5)


def issued_targets(province: Province) -> dict[str, Target]:
    """Of one issued plan: a range, a plain minimum, a limit, a percentage, and one that each unit carries by itself."""
    plan = draft(province.bloc_union)
    unit = province.bloc_union
    made = {
        "blood": target(plan, "1.1"),
        "trees": target(plan, "1.2", on=indicator(unit, "Cây trồng mới", "cây"), minimum=D(1000), maximum=None),
        "relapse": target(plan, "1.3", on=indicator(unit, "Hộ tái nghèo", "hộ"), minimum=None, maximum=D(0)),
        "studied": target(plan, "1.4", on=ratio(unit), minimum=D(90), maximum=None),
        "classes": target(
            plan,
            "1.5",
            on=indicator(unit, "Lớp tập huấn", "lớp"),
            carried_by="each_unit",
            required_share=D(100),
            minimum=D(1),
            maximum=None,
        ),
    }
    issue(plan)
    return made


def give(goal, unit, minimum, on=NEW_YEAR, actor=None, by=None, maximum=None):
    """One share, by the machine itself unless told otherwise."""
    least = None if minimum is None else D(minimum)
    most = None if maximum is None else D(maximum)
    handed_by = by or goal.plan.unit
    return allocate(
        actor=actor, target=goal, unit=unit, minimum=least, maximum=most, effective_on=on, handed_by=handed_by
    )


def give_many(shares, on=TODAY, actor=None, by=None, seen=None):
    """(target, unit, minimum[, maximum]) each."""
    listed = [Share(*share) for share in shares]
    plan = listed[0].target.plan
    return hand_down_many(actor=actor, plan=plan, shares=listed, effective_on=on, handed_by=by or plan.unit, seen=seen)
