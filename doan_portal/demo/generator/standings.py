"""What stands as it stands: shares of members who have done something, and things done once.

Both are told anew every month; a share mostly only grows.
"""

from datetime import date

from doan_portal.demo.facts.shapes import UnitFact
from doan_portal.demo.facts.units import GRASSROOTS, KCQ, PREDECESSOR, SUCCESSOR

from .amounts import UNIONS
from .asking import REPORTING, asked_of
from .chance import Chance
from .lives import LAST_MONTH, MONTHS, Lives, owes
from .shapes import Figure

Standings = dict[tuple[str, int, str], Figure]

# Percent of members, January to September; None: not asked about yet, and left blank.
SHARES: dict[str, tuple[int | None, ...]] = {
    "resolution_study": (34, 47, 66, 75, 82, 87, 91, 93, 95),
    "app_assessment": (20, 28, 40, 48, 55, 62, 68, 73, 78),
    "duty_done": (None, None, None, None, None, 52, 58, 66, 74),
}
OWN_STAFF = 5  # members who work at the union's own office

LATE_CONGRESS = f"{KCQ}-043"
CONGRESSES_HELD_ON = {f"{KCQ}-018": date(2024, 6, 12), LATE_CONGRESS: date(2024, 7, 12), PREDECESSOR: date(2024, 4, 19)}
DONE_BY_NOW = {"plastic_model": 38, "ideas_drive": 8, "member_software": 57}


def standings_of(seed: int, lives: Lives) -> Standings:
    """Return the shares and the things done once, of every month in which a unit would tell them."""
    found: Standings = {}
    for unit in REPORTING:
        members = _members_of(unit, Chance(seed, f"members of {unit.code}"))
        for key, shares in SHARES.items():
            if any(indicator.key == key for indicator in asked_of(unit.code)):
                _grow(found, key, unit, members, shares, Chance(seed, f"{key} of {unit.code}"))
    _make_odd(found)
    _hold_congresses(found, lives, Chance(seed, "congress"))
    _celebrate(found, lives, Chance(seed, "party_anniversary"))
    for key, count in DONE_BY_NOW.items():
        carriers = UNIONS if key == "ideas_drive" else GRASSROOTS
        _do_once(found, key, carriers, count, lives, Chance(seed, key))
    return found


def _members_of(unit: UnitFact, chance: Chance) -> list[int]:
    """Members by month: as counted, with one more now and then in April and August."""
    counted = unit.members or OWN_STAFF
    joins_in = [month for month in (4, 8) if unit.members and chance.percent(20)]
    return [counted + sum(month >= joined for joined in joins_in) for month in MONTHS]


def _grow(
    found: Standings,
    key: str,
    unit: UnitFact,
    members: list[int],
    shares: tuple[int | None, ...],
    chance: Chance,
) -> None:
    tilt = chance.number(-9, 8)
    reached = 0
    for month, whole, share in zip(MONTHS, members, shares, strict=True):
        if share is not None and owes(unit, month):
            percent = max(0, min(100, share + tilt + chance.number(-2, 2)))
            reached = max(reached, whole * percent // 100)
            found[unit.code, month, key] = Figure(numerator=reached, denominator=whole)


def _make_odd(found: Standings) -> None:
    """What the reviewer should stumble over in September: a share that falls, a total far from the headcount."""
    place = (f"{KCQ}-047", LAST_MONTH, "app_assessment")
    before = found[f"{KCQ}-047", LAST_MONTH - 1, "app_assessment"]
    assert before.numerator is not None  # noqa: S101 - a share always has both numbers
    found[place] = Figure(
        numerator=before.numerator - 7,
        denominator=before.denominator,
        note="Rà lại danh sách, 7 đoàn viên đã chuyển sinh hoạt đoàn.",
    )
    found[f"{KCQ}-007", LAST_MONTH, "resolution_study"] = Figure(numerator=14, denominator=16)


def _hold_congresses(found: Standings, lives: Lives, chance: Chance) -> None:
    """All in the second quarter but one; the successor of the closed branch inherits that one's congress."""
    for unit in GRASSROOTS:
        if unit.kind == "grassroots_branch" and unit.code != SUCCESSOR:
            months = [month for month in (4, 5, 6) if lives.is_approved(unit.code, month)]
            by_chance = date(2024, chance.pick(months), chance.number(5, 28))
            _tell_done(found, "congress", unit, CONGRESSES_HELD_ON.get(unit.code, by_chance), lives)


def _celebrate(found: Standings, lives: Lives, chance: Chance) -> None:
    for unit in GRASSROOTS:
        if unit.code != SUCCESSOR:
            _tell_done(found, "party_anniversary", unit, date(2024, 2, chance.pick((1, 2, 2, 3, 3, 3))), lives)


def _do_once(
    found: Standings, key: str, carriers: tuple[UnitFact, ...], count: int, lives: Lives, chance: Chance
) -> None:
    """``count`` of the carriers that are open in September have done it, the others say that they have not."""
    open_ones = [unit for unit in carriers if unit.closed_on is None]
    done = [unit.code for unit in chance.some([one for one in open_ones if one.code != f"{KCQ}-018"], count)]
    for unit in open_ones:
        if unit.code in done:
            months = [month for month in MONTHS if lives.is_approved(unit.code, month)]
            _tell_done(found, key, unit, date(2024, chance.pick(months), chance.number(3, 27)), lives)


def _tell_done(found: Standings, key: str, unit: UnitFact, done_on: date, lives: Lives) -> None:
    """Told in the first approved report from that month on; before, it is not done; after, nothing is left to tell."""
    told_in = next(month for month in MONTHS if month >= done_on.month and lives.is_approved(unit.code, month))
    for month in MONTHS:
        if month < told_in:
            found[unit.code, month, key] = Figure(is_done=False)
        elif month == told_in:
            found[unit.code, month, key] = Figure(is_done=True, done_on=done_on)
        else:
            found[unit.code, month, key] = Figure()
