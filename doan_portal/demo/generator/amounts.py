"""How much was done, where and when: the amounts of the year, so that its totals come out as told here.

Chance hands the monthly totals out among units whose report of that month is approved, more often to
the larger ones. What is remarkable is fixed by name. Zeros and blanks are filled in by ``figures``.
"""

from collections.abc import Iterable, Sequence

from doan_portal.demo.facts.orientation_kgi import ORIENTATION
from doan_portal.demo.facts.resolution_qna import RESOLUTION
from doan_portal.demo.facts.shapes import UnitFact
from doan_portal.demo.facts.units import BRANCHES, GRASSROOTS, KCQ, KGI, PREDECESSOR, SUCCESSOR

from .asking import KIEN_GIANG, UNIT
from .chance import Chance
from .lives import MONTHS, WAITING, Lives

Amounts = dict[tuple[str, int, str], int]  # (unit, month, indicator) → amount of that month

UNIONS = tuple(unit for unit in GRASSROOTS if unit.kind == "grassroots_union")
MEDICAL = tuple(UNIT[f"{KCQ}-{number:03d}"] for number in (45, 47, 48, 49, 50, 52))
GREEN_SUNDAYS = (3, 5, 8)

# Of all units together, January to September; the union's own outcomes come on top.
MONTHLY_TOTALS = {
    "blood": (6, 4, 18, 8, 7, 9, 6, 7, 19),
    "trees": (40, 620, 300, 60, 150, 120, 60, 100, 170),
    "free_care": (0, 60, 260, 0, 180, 90, 130, 300, 0),
    "children_helped": (0, 4, 6, 3, 5, 14, 3, 5, 14),
    "party_introduced": (5, 4, 8, 6, 7, 8, 6, 7, 7),
    "party_admitted": (2, 2, 4, 3, 3, 4, 3, 4, 4),
}
PORTIONS = {
    "blood": (1, 1, 1, 2),
    "trees": (5, 10, 10, 15, 20),
    "free_care": (30, 40, 50, 60),
    "children_helped": (1, 1, 2),
    "party_introduced": (1,),
    "party_admitted": (1,),
}

# Fixed by name: parts of the totals above, and the rare events.
REMARKABLE: Amounts = {
    # What came back from review or was corrected later: the right figure.
    (f"{KCQ}-030", 2, "trees"): 12,
    (f"{KCQ}-045", 3, "blood"): 5,
    (f"{KCQ}-020", 5, "party_introduced"): 1,
    (f"{KCQ}-050", 6, "free_care"): 30,
    (f"{KCQ}-018", 7, "children_helped"): 2,
    (f"{KCQ}-056", 8, "trees"): 10,
    (f"{KCQ}-055", 2, "children_helped"): 3,
    (f"{KCQ}-027", 3, "trees"): 25,
    (f"{KCQ}-048", 5, "blood"): 4,
    # The months of the secretary's own unit, of which September is still to be told.
    (f"{KCQ}-018", 1, "blood"): 1,
    (f"{KCQ}-018", 3, "blood"): 2,
    (f"{KCQ}-018", 6, "blood"): 1,
    (f"{KCQ}-018", 2, "trees"): 20,
    (f"{KCQ}-018", 5, "trees"): 10,
    (f"{KCQ}-018", 4, "party_introduced"): 1,
    (f"{KCQ}-018", 6, "party_admitted"): 1,
    (f"{KCQ}-018", 5, "digital_activities"): 1,
    (f"{KCQ}-018", 3, "green_office"): 1,
    # Unusual figures among those that wait for review.
    (f"{KCQ}-047", 2, "blood"): 1,
    (f"{KCQ}-047", 5, "blood"): 2,
    (f"{KCQ}-047", 8, "blood"): 1,
    (f"{KCQ}-047", 9, "blood"): 9,
    (f"{KCQ}-047", 4, "green_office"): 1,
    (f"{KCQ}-047", 3, "free_care"): 80,
    (f"{KCQ}-047", 8, "free_care"): 60,
    (f"{KCQ}-027", 6, "trees"): 10,
    (f"{KCQ}-027", 9, "trees"): 120,
    (f"{KCQ}-028", 9, "party_introduced"): 1,
    (f"{KCQ}-053", 9, "children_helped"): 2,
    (f"{KCQ}-055", 9, "party_admitted"): 1,
    # The bloc's day of giving blood, 14/9.
    (f"{KCQ}-019", 9, "blood"): 3,
    (f"{KCQ}-020", 9, "blood"): 2,
    # One house; three blocs with a household, one of them by a unit that changed its bloc in July.
    (f"{KCQ}-037", 8, "houses_replaced"): 1,
    (f"{KCQ}-001", 6, "households_lifted"): 1,
    (f"{KCQ}-012", 3, "households_lifted"): 1,
    (f"{KCQ}-012", 8, "households_lifted"): 1,
    # The closed unit had done its part; its successor inherits it.
    (PREDECESSOR, 2, "green_office"): 1,
    (PREDECESSOR, 3, "digital_activities"): 1,
    # The union's own, beside the outcomes of its activities.
    (KCQ, 3, "dialogues"): 1,
    (KCQ, 3, "village_activities"): 1,
    (KCQ, 6, "villages_helped"): 1,
    (KCQ, 5, "remote_drives"): 1,
    (KCQ, 8, "remote_drives"): 1,
    (KCQ, 3, "youth_works"): 1,
    (KCQ, 2, "resolution_classes"): 1,
    (KCQ, 8, "resolution_classes"): 1,
    # Kiên Giang: a month sent back, and one corrected later.
    (f"{KGI}-VINHTHUAN", 3, "green_sundays"): 1,
    (f"{KGI}-GOQUAO", 5, "green_sundays"): 1,
}
# Of these not more than what is named: their history is told by hand.
HAND_TOLD = (f"{KCQ}-018", f"{KCQ}-047", KCQ)

# indicator → how many of the grassroots units that carry it have done it by the end of September.
REACHED = {"dialogues": (UNIONS, 9), "digital_activities": (GRASSROOTS, 48), "youth_works": (GRASSROOTS, 28)}
MANY_GREEN_SUNDAYS = 14
MANY_GREEN_SUNDAYS_IN_KIEN_GIANG = 13
WITHOUT_CLEANUP = 5


def amounts_of(seed: int, lives: Lives) -> Amounts:
    """Return every amount above zero of the nine months."""
    amounts = dict(REMARKABLE)
    _add_outcomes(amounts)
    for key, totals in MONTHLY_TOTALS.items():
        _hand_out(amounts, key, totals, lives, Chance(seed, key))
    for key, (carriers, count) in REACHED.items():
        _reach(amounts, key, carriers, count, lives, Chance(seed, key))
    _reach(amounts, "green_office", GRASSROOTS, len(GRASSROOTS) - 1, lives, Chance(seed, "green_office"))
    _hold_green_sundays(amounts, UNIONS, MANY_GREEN_SUNDAYS, lives, Chance(seed, "green Sundays"))
    _hold_green_sundays(
        amounts, KIEN_GIANG, MANY_GREEN_SUNDAYS_IN_KIEN_GIANG, lives, Chance(seed, "green Sundays of Kiên Giang")
    )
    _clean_up(amounts, lives, Chance(seed, "cleanups"))
    return amounts


def _add_outcomes(amounts: Amounts) -> None:
    """What the issuing bodies' own activities brought, in the month in which they were held."""
    for plan in (RESOLUTION, ORIENTATION):
        for activity in plan.activities:
            if activity.outcome is not None and activity.done_on is not None and activity.feeds is not None:
                place = (plan.issuer, activity.done_on.month, activity.feeds)
                amounts[place] = amounts.get(place, 0) + activity.outcome


def _hand_out(amounts: Amounts, key: str, totals: Sequence[int], lives: Lives, chance: Chance) -> None:
    """Bring the units' amounts of each month to its total."""
    able = MEDICAL if key == "free_care" else GRASSROOTS + BRANCHES
    for month, total in zip(MONTHS, totals, strict=True):
        named = sum(
            amount for (code, told, what), amount in amounts.items() if (told, what) == (month, key) and code != KCQ
        )
        free = [
            unit
            for unit in able
            if lives.is_approved(unit.code, month)
            and unit.code not in HAND_TOLD
            and (unit.code, month, key) not in amounts
        ]
        weights = [unit.members or 0 for unit in free]
        for unit, amount in chance.scatter(total - named, free, weights, PORTIONS[key]).items():
            amounts[unit.code, month, key] = amount


def _reach(amounts: Amounts, key: str, carriers: Iterable[UnitFact], count: int, lives: Lives, chance: Chance) -> None:
    """Let ``count`` of the carriers that are open in September have done it once; some did it again."""
    open_ones = [unit for unit in carriers if unit.closed_on is None]
    done = [unit.code for unit in open_ones if _has(amounts, unit.code, key)]
    if _has(amounts, PREDECESSOR, key):
        done.append(SUCCESSOR)
    waiting = [unit for unit in open_ones if unit.code not in done and unit.code not in HAND_TOLD]
    for unit in chance.some(waiting, count - len(done)):
        months = [month for month in MONTHS if lives.is_approved(unit.code, month)]
        for month in chance.some(months, 2 if chance.percent(20) else 1):
            amounts[unit.code, month, key] = 1


def _has(amounts: Amounts, code: str, key: str) -> bool:
    return any((code, month, key) in amounts for month in MONTHS)


def _hold_green_sundays(amounts: Amounts, units: Sequence[UnitFact], many: int, lives: Lives, chance: Chance) -> None:
    """The common days of March, May and August for nearly all; ``many`` held one or two more of their own."""
    key = "green_sundays"
    steady = [unit for unit in units if all(lives.is_approved(unit.code, month) for month in GREEN_SUNDAYS)]
    eager = {unit.code for unit in chance.some(steady, many)}
    for unit in units:
        months = [month for month in GREEN_SUNDAYS if lives.is_approved(unit.code, month)]
        if unit.code not in eager and chance.percent(35):
            months = months[1:]
        for month in months:
            amounts[unit.code, month, key] = 1
        if unit.code in eager:
            others = [month for month in MONTHS if month not in GREEN_SUNDAYS and lives.is_approved(unit.code, month)]
            for month in chance.some(others, chance.number(1, 2)):
                amounts[unit.code, month, key] = 1


def _clean_up(amounts: Amounts, lives: Lives, chance: Chance) -> None:
    """Once a month at every office; a few let one pass, and those who wait for review had done one more before."""
    key = "workplace_cleanups"
    others = [
        unit
        for unit in GRASSROOTS
        if unit.code not in WAITING and lives.is_approved(unit.code, MONTHS[-1]) and unit.code != f"{KCQ}-060"
    ]
    lazy = [unit.code for unit in chance.some(others, WITHOUT_CLEANUP)]
    for unit in GRASSROOTS:
        skipped = chance.number(1, MONTHS[-1]) if unit.code in lazy else None
        for month in MONTHS:
            if month != skipped and (unit.code, month) in lives.by_report:
                amounts[unit.code, month, key] = 1
        if unit.code in WAITING:
            amounts[unit.code, chance.number(1, MONTHS[-2]), key] = 2
