"""What became of every monthly report from January to September: in time, late, missing, returned, corrected.

The remarkable ones are written down by name; chance only chooses minutes and who else was late.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from doan_portal.demo.facts.shapes import UnitFact
from doan_portal.demo.facts.units import KCQ, KGI, PREDECESSOR, SUCCESSOR

from .asking import REPORTING
from .chance import Chance
from .shapes import BLANK, End, Figure, Life, Mistake

MONTHS = tuple(range(1, 10))
LAST_MONTH = MONTHS[-1]
DUE_DAY = 3
LATEST_DAY = 11

# What reviewers get done in one sitting: day of the following month, hour, minute.
SITTINGS = ((4, 16, 30), (5, 16, 15), (7, 10, 5), (9, 16, 20), (12, 10, 40))
LAST_SITTINGS = ((2, 16, 30), (3, 17, 5), (4, 10, 30), (4, 16, 45))

# September, as it stands on the morning of 5/10: everybody else was approved.
WAITING = {
    f"{KCQ}-038": (1, 16, 20),
    f"{KCQ}-027": (2, 8, 5),
    f"{KCQ}-047": (2, 10, 41),
    f"{KCQ}-053": (3, 9, 30),
    f"{KCQ}-055": (3, 15, 2),
    f"{KCQ}-007": (3, 21, 58),
    f"{KCQ}-028": (4, 9, 12),
    f"{KGI}-HONDAT": (2, 14, 20),
    f"{KGI}-TANHIEP": (3, 8, 45),
    f"{KGI}-CONGAN": (3, 16, 10),
}
BEGUN_IN_SEPTEMBER = (f"{KCQ}-033", f"{KCQ}-042", f"{KCQ}-046", f"{KCQ}-045-03", f"{KGI}-GIANGTHANH")
SILENT_IN_SEPTEMBER = (f"{KCQ}-018", f"{KCQ}-043", f"{KCQ}-044", SUCCESSOR, f"{KCQ}-035-04", f"{KGI}-KIENHAI")
LATE_IN_SEPTEMBER = (f"{KCQ}-015", f"{KCQ}-022", f"{KCQ}-030", f"{KCQ}-056", f"{KGI}-ANMINH", f"{KGI}-GOQUAO")

# Earlier months that never came: the lock day passed.
NEVER_CAME = {
    (f"{KCQ}-044", 2): End.NOT_STARTED,
    (f"{KCQ}-035-04", 3): End.NOT_STARTED,
    (f"{KCQ}-060", 4): End.NOT_STARTED,
    (f"{KCQ}-033", 6): End.DRAFT,
    (f"{KCQ}-042", 7): End.NOT_STARTED,
    (f"{KCQ}-053-02", 8): End.DRAFT,
    (f"{KGI}-KIENHAI", 2): End.NOT_STARTED,
    (f"{KGI}-GIANGTHANH", 6): End.DRAFT,
    (f"{KGI}-KIENHAI", 7): End.NOT_STARTED,
}
LATE_BEFORE = (
    (f"{KCQ}-026", 1),
    (f"{KCQ}-060", 2),
    (f"{KGI}-KIENHAI", 3),
    (f"{KCQ}-018", 6),
    (f"{KCQ}-060", 6),
)
# (unit, month): the officer above typed it in for the unit, and somebody else had to approve it.
ON_BEHALF = {(f"{KCQ}-015", 4), (f"{KCQ}-045-03", 7)}

MISTAKES = {
    (f"{KCQ}-022", 1): Mistake(
        key="resolution_study",
        told=Figure(numerator=18, denominator=18),
        reason="Báo cáo ghi đủ 100% đoàn viên đã học nhưng danh sách kèm theo còn thiếu; đề nghị rà lại số đã học.",
    ),
    (f"{KCQ}-030", 2): Mistake(
        key="trees",
        told=Figure(amount=120),
        reason="Số cây xanh cao hơn hẳn quy mô của chi đoàn, đề nghị kiểm tra lại, có thể thừa một chữ số 0.",
    ),
    (f"{KCQ}-045", 3): Mistake(
        key="blood",
        told=BLANK,
        reason="Thiếu số đơn vị máu của đoàn viên nhà trường tham gia ngày 26/3; đề nghị bổ sung.",
    ),
    (f"{KCQ}-058", 4): Mistake(
        key="app_assessment",
        told=Figure(numerator=44, denominator=44),
        reason="Số đoàn viên được xếp loại bằng tổng số đoàn viên, chưa khớp với phần mềm; đề nghị đối chiếu.",
    ),
    (f"{KCQ}-020", 5): Mistake(
        key="party_introduced",
        told=BLANK,
        reason="Chưa có số đoàn viên ưu tú giới thiệu cho Đảng. Nếu không phát sinh, ghi 0.",
    ),
    (f"{KCQ}-050", 6): Mistake(
        key="free_care",
        told=Figure(amount=300),
        reason="Số lượt khám chưa khớp với kế hoạch phối hợp (30 lượt); đề nghị kiểm tra lại.",
    ),
    (f"{KCQ}-018", 7): Mistake(
        key="children_helped",
        told=BLANK,
        reason="Thiếu số thiếu nhi được nhận quà dịp 27/7 đã nêu ở phần lời; đề nghị ghi vào số liệu.",
    ),
    (f"{KCQ}-056", 8): Mistake(
        key="trees",
        told=Figure(amount=100),
        reason="Số cây tháng 8 gấp mười lần số trong biên bản bàn giao; đề nghị sửa.",
    ),
    (f"{KGI}-VINHTHUAN", 3): Mistake(
        key="green_sundays",
        told=Figure(amount=31),
        reason="Chỉ tiêu tính bằng ngày ra quân, không tính số người tham gia; đề nghị sửa.",
    ),
    (f"{KCQ}-055", 2): Mistake(
        key="children_helped",
        told=Figure(amount=5),
        reason="Hai em đã được đơn vị bạn báo cáo; mở lại để trừ phần trùng.",
        reopened_on=date(2024, 4, 9),
    ),
    (f"{KCQ}-027", 3): Mistake(
        key="trees",
        told=Figure(amount=30),
        reason="Kiểm tra thực địa còn 25 cây; mở lại để đơn vị đính chính số liệu tháng 3.",
        reopened_on=date(2024, 7, 8),
    ),
    (f"{KCQ}-048", 5): Mistake(
        key="blood",
        told=Figure(amount=6),
        reason="Đối chiếu với Ban chỉ đạo hiến máu còn 4 đơn vị; mở lại để đính chính.",
        reopened_on=date(2024, 6, 11),
    ),
    (f"{KGI}-GOQUAO", 5): Mistake(
        key="green_sundays",
        told=Figure(amount=2),
        reason="Một ngày thuộc kế hoạch tháng 6, đã tính hai lần; mở lại để sửa.",
        reopened_on=date(2024, 7, 9),
    ),
}
RETURNED_IN_SEPTEMBER = {
    f"{KCQ}-031": "Chưa báo cáo số đoàn viên được xếp loại qua ứng dụng; phần lời nêu 12 đoàn viên, đề nghị ghi số.",
    f"{KCQ}-040": "Ngày hoàn thành mô hình chống rác thải nhựa chưa khớp với báo cáo tháng 8; đề nghị kiểm tra lại.",
    f"{KGI}-VINHTHUAN": "Chưa nêu ngày tổ chức Chủ nhật xanh trong tháng 9; đề nghị bổ sung.",
}


def moment(month: int, day: int, hour: int, minute: int) -> datetime:
    """A moment of the month in which the report of ``month`` is made: the following one."""
    return datetime(2024, month + 1, day, hour, minute)  # noqa: DTZ001 - local time, made aware by the loader


@dataclass(frozen=True)
class Lives:
    """All lives, by unit and month, in the order of the units."""

    by_report: dict[tuple[str, int], Life]

    def __iter__(self) -> Iterator[Life]:
        return iter(self.by_report.values())

    def is_approved(self, code: str, month: int) -> bool:
        """Whether the unit's report of the month counts officially."""
        life = self.by_report.get((code, month))
        return life is not None and life.end is End.APPROVED


def owes(unit: UnitFact, month: int) -> bool:
    """Whether the unit is open on the last day of the month (domain: Time, opening and closing)."""
    first_after = date(2024, month + 1, 1)
    return unit.opened_on < first_after and (unit.closed_on is None or unit.closed_on >= first_after)


def lives_of(seed: int) -> Lives:
    """Return the life of every report that was owed from January to September."""
    chance = Chance(seed, "lives")
    found: dict[tuple[str, int], Life] = {}
    for month in MONTHS:
        late = _late_in(month, chance)
        for unit in REPORTING:
            if owes(unit, month):
                found[unit.code, month] = _life(unit.code, month, late, chance)
    return Lives(found)


def _late_in(month: int, chance: Chance) -> list[str]:
    if month == LAST_MONTH:
        return list(LATE_IN_SEPTEMBER)
    chosen = [code for code, named in LATE_BEFORE if named == month]
    spared = {KCQ, PREDECESSOR, *chosen, *(code for code, named in MISTAKES if named == month)}
    candidates = [unit.code for unit in REPORTING if unit.code not in spared]
    return chosen + chance.some(candidates, chance.number(3, 6))


def _life(code: str, month: int, late: list[str], chance: Chance) -> Life:
    submitted_at = _submitted_at(code, month, code in late, chance)
    end = _end_of(code, month)
    reviewer = _reviewer_of(code, month)
    if end is End.NOT_STARTED:
        return Life(unit=code, month=month, end=end)
    if end is End.DRAFT:
        return Life(unit=code, month=month, end=end, begun_at=submitted_at)
    return Life(
        unit=code,
        month=month,
        end=end,
        begun_at=submitted_at,
        submitted_at=submitted_at,
        approved_at=next_sitting(month, submitted_at) if end is End.APPROVED else None,
        reviewer=reviewer,
        entered_by="canbo" if (code, month) in ON_BEHALF else None,
        mistake=MISTAKES.get((code, month)),
    )


def _end_of(code: str, month: int) -> End:
    if month < LAST_MONTH:
        return NEVER_CAME.get((code, month), End.APPROVED)
    if code in WAITING:
        return End.SUBMITTED
    if code in RETURNED_IN_SEPTEMBER:
        return End.RETURNED
    if code in BEGUN_IN_SEPTEMBER:
        return End.DRAFT
    return End.NOT_STARTED if code in SILENT_IN_SEPTEMBER else End.APPROVED


def _submitted_at(code: str, month: int, is_late: bool, chance: Chance) -> datetime:
    """A working hour, or now and then the evening, of a day in time; the late ones up to eight days after."""
    hour = chance.pick((7, 8, 8, 9, 9, 10, 10, 11, 13, 14, 14, 15, 15, 16, 16, 17, 20, 21))
    minute = chance.number(0, 59)
    if month == LAST_MONTH:
        if code in WAITING:
            return moment(month, *WAITING[code])
        if is_late:
            return moment(month, 4, 7 + minute % 3, minute)
        # Returned ones came early enough for a first look.
        last_day = 2 if code in RETURNED_IN_SEPTEMBER else DUE_DAY
        return moment(month, chance.number(1, last_day), hour, minute)
    if is_late:
        return moment(month, chance.number(DUE_DAY + 1, LATEST_DAY), hour, minute)
    return moment(month, chance.number(1, DUE_DAY), hour, minute)


def _reviewer_of(code: str, month: int) -> str:
    """An officer strictly above, and never the one who typed the figures in (domain: Who may do what)."""
    if code.startswith(KGI):
        return "canbo.kg"
    return "canbo.qna" if code == KCQ or (code, month) in ON_BEHALF else "canbo"


def next_sitting(month: int, after: datetime) -> datetime:
    """The first sitting of the reviewers after a moment; in September they had sat four times by 5/10."""
    sittings = LAST_SITTINGS if month == LAST_MONTH else SITTINGS
    return next(at for day, hour, minute in sittings if (at := moment(month, day, hour, minute)) > after)
