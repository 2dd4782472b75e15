"""What a section is for, told by the words of its heading; damaged words are still recognised.

A heading tells by the phrases it holds. Where it tells nothing the section is what the one above it is.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from plans.outline.shapes import Nature
from plans.vietnamese.letters import bare

_REVIEW = (
    "kết quả, kết quả đạt được, kết quả thực hiện, kết quả công tác, kết quả hoạt động, kết quả nổi bật,"
    " một số kết quả, những kết quả, đánh giá chung, đánh giá kết quả, đánh giá tình hình, tình hình chung,"
    " đặc điểm tình hình, tình hình thanh niên, tình hình công tác, ưu điểm, hạn chế, tồn tại, nguyên nhân,"
    " bài học kinh nghiệm, thuận lợi, khó khăn, tổng kết công tác, bối cảnh, thực trạng"
)
_EXPECTED = "kết quả cần đạt, kết quả dự kiến, kết quả phấn đấu, kết quả mong đợi"
_TARGETS = "chỉ tiêu, mục tiêu, cam kết thực hiện, đăng ký thi đua"
_CARRYING_OUT = (
    "tổ chức thực hiện, tổ chức triển khai, phân công thực hiện, phân công nhiệm vụ, phân công trách nhiệm,"
    " trách nhiệm thực hiện, chế độ báo cáo, chế độ thông tin báo cáo, thông tin báo cáo,"
    " điều khoản thi hành, kinh phí, phân công"
)
_CALENDAR = (
    "hoạt động lớn, lịch hoạt động, lịch công tác, lịch tổ chức, lịch trình, lịch cụ thể, lịch thi,"
    " lịch chỉ đạo, nội dung thời gian, nội dung và thời gian, tiến độ, thời gian biểu,"
    " phụ lục, hoạt động trọng tâm, hoạt động trọng điểm, hoạt động chỉ đạo đồng loạt,"
    " hoạt động dự kiến, dự kiến hoạt động, dự kiến các hoạt động, dự kiến một số hoạt động,"
    " các hoạt động chính, các hoạt động cụ thể, hoạt động theo tháng, hoạt động từng tháng, hoạt động tháng,"
    " hoạt động hằng tháng, hoạt động hàng tháng, kế hoạch tháng, kế hoạch từng tháng,"
    " chương trình từng tháng, chương trình hằng tháng, nội dung từng tháng, công tác từng tháng, nhiệm vụ từng tháng,"
    " kế hoạch cụ thể từng tháng, sự kiện trọng tâm, một số hoạt động, trọng tâm từng tháng,"
    " các mốc thời gian, chương trình cụ thể"
)
_NARRATIVE = "mục đích, yêu cầu, chủ đề, giải pháp, biện pháp, khẩu hiệu, quan điểm, phương châm"
# "Tổ chức thực hiện tốt cuộc vận động…" opens many an item: these tell only where they are (nearly) the whole heading.
_ONLY_WHOLE = "tổ chức thực hiện, tổ chức triển khai, kinh phí, phân công nhiệm vụ, phân công"
_WHOLE = 2.2
# "Hỗ trợ thanh niên có hoàn cảnh khó khăn", "chế độ báo cáo kết quả thực hiện": a review says so at once.
_LATEST_REVIEW = 8
_AT_ONCE = frozenset({"ketqua", "boicanh", "thuctrang"})
_SHORTEST_DAMAGED = 9
_PERIOD = re.compile(
    r"\W*(?:cac hoat dong |hoat dong |noi dung )?(?:trong )?"
    r"(?:quy [ivx1-4]{1,3}|thang \d{1,2}|hoc ky [i12]{1,2})(?=\W|$)"
)
_SCANNED = str.maketrans({"l": "i", "1": "i", "|": "i", "0": "o", "5": "s", "!": "i"})
_MOST_LETTERS = 140
# A congress resolves upon what was done ("Tán thành Báo cáo kết quả nhiệm kỳ …") as well as upon what is to be done.
_APPROVES = re.compile(
    r"\W*(?:(?:dieu|muc) \d{1,2}\W+|[ivx]{1,4}[.)]\s*|\d{1,2}[.)]\s*)?"
    r"(?:(?:tan thanh|nhat tri|dong y|ghi nhan|bieu quyet)\b(?: (?:thong qua|voi|noi dung|cac|nhung|ban|va|ve))*"
    r" (?:bao cao |danh gia |viec )*(?:tong ket|danh gia|kiem diem|ket qua|tinh hinh)\b"
    r"|thong qua (?:noi dung |cac |ban )*(?:bao cao|[a-z ]{0,40}nhiem ky \d{4}))"
)
_AHEAD = re.compile(r"\b(?:phuong huong|chi tieu|muc tieu|nhiem vu|khau dot pha)\b")


@dataclass(frozen=True, slots=True)
class _Phrase:
    nature: Nature
    letters: str
    whole: bool


def nature_of(heading: str, *, above: Nature, whole: bool = True) -> Nature:
    """Return what the section with this heading is for. ``heading`` is bare, ``above`` the nature of the one around it.

    ``whole``: the words are a heading, not just what an item says before its colon; then only targets are told by them.
    """
    if _APPROVES.match(heading) and not _AHEAD.search(heading[:_MOST_LETTERS]):
        return Nature.REVIEW
    told = _told(heading)
    if not whole and told is not Nature.TARGETS:
        return above
    if above is Nature.REVIEW and told in {Nature.TARGETS, Nature.CALENDAR, None}:
        return Nature.REVIEW  # "Kết quả thực hiện các chỉ tiêu": what was reached is no commitment
    if above is Nature.TARGETS and told is Nature.CALENDAR and _PERIOD.match(heading):
        return Nature.TARGETS  # targets by quarters
    return told or above


@lru_cache(maxsize=4096)
def _told(heading: str) -> Nature | None:
    if _PERIOD.match(heading):
        return Nature.CALENDAR
    letters = _squeezed(heading)
    if not letters:
        return None
    return next((phrase.nature for phrase in _PHRASES if _tells(letters, phrase)), None)


def _squeezed(words: str) -> str:
    """Return only the letters, without what scanners confuse (l, 1 and I; 0 and o)."""
    return "".join(filter(str.isalpha, words[:_MOST_LETTERS].translate(_SCANNED)))


def _tells(letters: str, phrase: _Phrase) -> bool:
    at = _place(letters, phrase.letters)
    latest = 0 if phrase.letters in _AT_ONCE else _LATEST_REVIEW
    if at is None or (phrase.nature is Nature.REVIEW and at > latest):
        return False
    return not phrase.whole or len(letters) <= len(phrase.letters) * _WHOLE


def _place(letters: str, phrase: str) -> int | None:
    """Return where the phrase stands, whole or, if it is long, with one wrong letter; none where it does not."""
    at = letters.find(phrase)
    if at >= 0 or len(phrase) < _SHORTEST_DAMAGED:
        return at if at >= 0 else None
    middle = len(phrase) // 2
    for half, shift in ((phrase[:middle], 0), (phrase[middle:], middle)):
        at = letters.find(half)
        while at >= 0:
            window = letters[at - shift : at - shift + len(phrase)] if at >= shift else ""
            if len(window) == len(phrase) and sum(map(str.__ne__, window, phrase)) <= 1:
                return at - shift
            at = letters.find(half, at + 1)
    return None


def _phrases() -> tuple[_Phrase, ...]:
    """Return all phrases in the order in which they are looked for."""
    only_whole = {_squeezed(bare(words)) for words in _ONLY_WHOLE.split(",")}
    told = (
        (Nature.TARGETS, _EXPECTED),
        (Nature.REVIEW, _REVIEW),
        (Nature.TARGETS, _TARGETS),
        (Nature.CARRYING_OUT, _CARRYING_OUT),
        (Nature.CALENDAR, _CALENDAR),
        (Nature.NARRATIVE, _NARRATIVE),
    )
    squeezed = ((nature, _squeezed(bare(words))) for nature, all_words in told for words in all_words.split(","))
    return tuple(_Phrase(nature, letters, letters in only_whole) for nature, letters in squeezed)


_PHRASES = _phrases()
