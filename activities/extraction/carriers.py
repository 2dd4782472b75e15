"""For whom an activity is, how often it takes place, and its short name: told by its words and the headings above."""

import re

from plans.outline.shapes import Outline

from . import wording

_SAME_TIME = re.compile(r"\bdong loat\b")
_BLOCS = re.compile(r"\b(?:cac |tai cac )?(?:khoi|cum) thi dua\b")
_GRASSROOTS = re.compile(
    r"\b(?:cap co so|cac (?:don vi|co so doan|chi doan|doan co so)|doi voi (?:cac )?(?:co so|don vi|chi doan))\b"
)
_COUNT = re.compile(
    r"(?:(?:to chuc|trien khai|phat dong|ra quan|dong loat|thuc hien|it nhat|toi thieu|tham gia)\s+)*"
    r"(?P<n>\d{1,2})\s+(?P<of>[a-z]+)"
)
_COUNTED = frozenset({"ngay", "dot", "lan", "buoi", "ky", "chuyen", "dip", "cuoc", "hoi", "lop", "hoat", "chuong"})
_LONGEST_NAME = 160
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")


def scope_of(outline: Outline, *, words: str, section: int | None) -> str:
    """Return a stored scope. "Đồng loạt" in the item or a heading means all units; blocs and grassroots by headings.

    Only headings of parts that hold several items tell; the nearest one that tells counts. Source: domain, Activities.
    """
    if _SAME_TIME.search(words):
        return "all_units"
    for above in outline.ancestors(section):
        heading = outline.bare_text[above.start : min(above.own_end, above.start + 160)]
        if _SAME_TIME.search(heading):
            return "all_units"
        if _BLOCS.search(heading):
            return "bloc"
        if above.own_end < above.end and _GRASSROOTS.search(heading):
            return "all_units"
    return "issuer"


def repeats_of(words: str) -> int:
    """Return how often it takes place: 4 for "04 Ngày Chủ nhật xanh" and "Triển khai đồng loạt 04 Ngày …", else 1."""
    found = _COUNT.match(words.strip())
    if found and found.group("of") in _COUNTED and 1 <= int(found.group("n")) <= 60:
        return int(found.group("n"))
    return 1


def name_of(text: str) -> str:
    """Return a short name: the words without marks of emphasis, line breaks and brackets at the end, cut at a word."""
    name = re.sub(r"[\s*_#\\]+", " ", text).strip(" .;,:-–+")
    name = re.sub(r"[\s,]*(?:cụ thể )?như sau$", "", name)
    shorter = _BRACKETS.sub("", name)
    name = shorter or name
    if len(name) <= _LONGEST_NAME:
        return name
    cut = name.rfind(" ", 0, _LONGEST_NAME)
    return name[: cut if cut > 0 else _LONGEST_NAME].rstrip(" ,;:-–") + "…"


def tells_an_event(words: str) -> bool:
    """Whether an item of a calendar is an activity and not a duty, a lead-in or a detail."""
    return not (wording.DUTY.search(words) or wording.is_detail(words) or words.rstrip(" *_").endswith(":"))


def says_enough(words: str) -> bool:
    """Whether anything is left of an item besides its times: two words at least."""
    return len(re.findall(r"[a-z]+", words)) >= 2
