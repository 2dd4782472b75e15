"""What units and blocs held of their own, and what each unit brought to the activities of all.

The figures of an outcome are those of the unit's report of that month, so that both agree; only the
secretary's own September is still to be told.
"""

from dataclasses import dataclass, field
from datetime import date

from doan_portal.demo.facts.shapes import UnitFact, WindowFact
from doan_portal.demo.facts.spans import day, month
from doan_portal.demo.facts.units import GRASSROOTS, KCQ

from .amounts import UNIONS, Amounts
from .asking import KIEN_GIANG
from .chance import Chance
from .lives import Lives


@dataclass(frozen=True, kw_only=True)
class OwnActivity:
    """An activity that is in no plan: a unit's own, or a bloc's (then ``bloc`` is its number under ``unit``)."""

    unit: str
    name: str
    window: WindowFact
    bloc: int | None = None
    place: str = ""
    feeds: str | None = None
    done_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one unit did in one activity, which is named by its code in the plan or by its name."""

    activity: str
    unit: str
    done_on: date
    people: int | None = None
    figures: dict[str, int] = field(default_factory=dict)


BLOC_BLOOD_DAY = "Ngày hội hiến máu Khối thi đua Nội chính"
HOSPITAL_BLOOD_DAY = "Ngày hội hiến máu tại bệnh viện"
PLANTING_DAY = "Ra quân trồng cây tại xã kết nghĩa"

OWN_ACTIVITIES = (
    OwnActivity(
        unit=KCQ,
        bloc=3,
        name=BLOC_BLOOD_DAY,
        window=day(14, 9),
        place="Tòa án nhân dân tỉnh",
        feeds="blood",
        done_on=date(2024, 9, 14),
    ),
    OwnActivity(
        unit=f"{KCQ}-047",
        name=HOSPITAL_BLOOD_DAY,
        window=day(14, 9),
        place="Bệnh viện Đa khoa tỉnh",
        feeds="blood",
        done_on=date(2024, 9, 14),
    ),
    OwnActivity(
        unit=f"{KCQ}-018",
        name=PLANTING_DAY,
        window=day(22, 9),
        place="Xã kết nghĩa",
        feeds="trees",
        done_on=date(2024, 9, 22),
    ),
    OwnActivity(unit=f"{KCQ}-018", name="Trợ giúp pháp lý lưu động cho thanh niên", window=month(10)),
    OwnActivity(unit=KCQ, bloc=3, name="Sinh hoạt chuyên đề Ngày Pháp luật Việt Nam", window=day(9, 11)),
    OwnActivity(unit=KCQ, bloc=5, name="Trao nhà nhân ái của Khối thi đua Kinh tế", window=month(11)),
    OwnActivity(unit=KCQ, bloc=6, name="Khám bệnh, tặng thuốc vùng lũ", window=month(10), feeds="free_care"),
    OwnActivity(unit=KCQ, bloc=1, name="Về nguồn của Khối thi đua Đảng, đoàn thể", window=month(10)),
)

NAMED = (
    Outcome(activity=BLOC_BLOOD_DAY, unit=f"{KCQ}-018", done_on=date(2024, 9, 14), people=6, figures={"blood": 2}),
    Outcome(activity=BLOC_BLOOD_DAY, unit=f"{KCQ}-019", done_on=date(2024, 9, 14), people=9, figures={"blood": 3}),
    Outcome(activity=BLOC_BLOOD_DAY, unit=f"{KCQ}-020", done_on=date(2024, 9, 14), people=7, figures={"blood": 2}),
    Outcome(activity=HOSPITAL_BLOOD_DAY, unit=f"{KCQ}-047", done_on=date(2024, 9, 14), people=21, figures={"blood": 9}),
    Outcome(activity=PLANTING_DAY, unit=f"{KCQ}-018", done_on=date(2024, 9, 22), people=15, figures={"trees": 12}),
)

TREES, SUNDAYS, CANDLES, SUNDAYS_OF_KIEN_GIANG = "V.1-1.1a", "V.1-1.1b", "V.1-1.4", "PL.29"
SUNDAYS_HELD = (date(2024, 3, 24), date(2024, 5, 26), date(2024, 8, 18))
PLANTED_ON = date(2024, 2, 17)
CANDLES_ON = date(2024, 7, 26)


def outcomes_of(seed: int, lives: Lives, amounts: Amounts) -> list[Outcome]:
    """Return what units recorded of the activities of all units and of their own, in the order of time."""
    found = list(NAMED)
    found += _common(TREES, "trees", GRASSROOTS, PLANTED_ON, 60, lives, amounts, Chance(seed, "planting"))
    for held_on in SUNDAYS_HELD:
        chance = Chance(seed, f"Sunday {held_on:%d/%m}")
        found += _common(SUNDAYS, "green_sundays", UNIONS, held_on, 65, lives, amounts, chance)
        found += _common(SUNDAYS_OF_KIEN_GIANG, "green_sundays", KIEN_GIANG, held_on, 40, lives, amounts, chance)
    chance = Chance(seed, "candles")
    standing = [unit for unit in GRASSROOTS if unit.closed_on is None]
    found += [
        Outcome(activity=CANDLES, unit=unit.code, done_on=CANDLES_ON, people=_turnout(unit, chance))
        for unit in chance.some(standing, 30)
    ]
    return sorted(found, key=lambda outcome: (outcome.done_on, outcome.activity, outcome.unit))


def _common(
    activity: str,
    key: str,
    units: tuple[UnitFact, ...],
    held_on: date,
    share: int,
    lives: Lives,
    amounts: Amounts,
    chance: Chance,
) -> list[Outcome]:
    """Of the units that told a figure of that month, ``share`` percent recorded the day as well."""
    return [
        Outcome(
            activity=activity,
            unit=unit.code,
            done_on=held_on,
            people=_turnout(unit, chance),
            figures={key: amounts[unit.code, held_on.month, key]},
        )
        for unit in units
        if (unit.code, held_on.month, key) in amounts
        and lives.is_approved(unit.code, held_on.month)
        and chance.percent(share)
    ]


def _turnout(unit: UnitFact, chance: Chance) -> int:
    """Between a third and nine tenths of a small unit's members; of a district's at most some hundreds."""
    return max(3, min(unit.members or 0, 600) * chance.number(33, 90) // 100)
