"""Whether a line goes on with the one before it, and whether a line looks like a heading."""

import re

from plans.outline.lines import Line

_CLOSERS = "\"'”’)]*_»"
# With their diacritics: a heading may well end in "trọng" or "nam".
_UNFINISHED = re.compile(
    r"(?:[,\-–/(“]|\b(?:và|của|cho|các|với|tại|trong|từ|đến|nhằm|về|theo|là|hoặc|do|những|một|khóa|trên|hồ chí"
    r"|lần thứ))$"
)
_COUNTING = re.compile(r"\b(?:năm|tháng|ngày|quý|số|lần thứ|khóa)$")
_COUNTED = re.compile(r"\d[\d.,/%\-–]*\s+[^\W\dA-ZĐÀ-Ỹ]")
_SPAN_END = re.compile(r"[-–]\s*\d{1,4}(?!\s*[^\W\d]*:)\b")
_FULL = 0.85
_LONGEST_HEADING = 170


def ends_sentence(line: Line) -> bool:
    """Tell whether a line ends as a sentence, an item or an introduction does."""
    return line.words.rstrip(_CLOSERS + " ")[-1:] in tuple(".;:!?") or line.words.rstrip().endswith((".", ";", ":"))


def breaks_off(line: Line, *, gap: int, width: int | None) -> bool:
    """Tell whether a line stops in the middle of a sentence, so that a number on the next one may be part of it."""
    if gap or ends_sentence(line) or line.bold or line.words.isupper():
        return False
    end = line.words[-12:].rstrip().lower()
    return bool(_UNFINISHED.search(end) or _COUNTING.search(end)) or _is_full(line, width)


def goes_on(last: Line, line: Line, *, gap: int, width: int | None) -> bool:
    """Tell whether ``line`` is more of the paragraph that ``last`` ends so far; ``gap`` lines lie between them."""
    if gap > 6:
        return False
    full = _is_full(last, width)
    if ends_sentence(last):
        return gap == 0 and full and not line.bold and not last.bare.rstrip().endswith((":", ";"))
    if line.words[:1].islower() or line.words[:1] in ",;)" or (gap == 0 and completes(last, line)):
        return True
    end = last.words[-12:].rstrip().lower()
    alike = last.bold == line.bold and last.words.isupper() == line.words.isupper()
    if alike and (_UNFINISHED.search(end) or (_COUNTING.search(end) and line.words[0] in "0123456789IVX")):
        return True
    return gap == 0 and alike and (full or last.bold or last.words.isupper())


def completes(last: Line, line: Line) -> bool:
    """Tell whether a figure that begins a line belongs to the words above it, or is the end of a span there."""
    if ends_sentence(last) or last.words.isupper() or last.bold:
        return False
    return bool(_SPAN_END.match(line.words) if last.words[-1:].isdigit() else _COUNTED.match(line.words))


def quotes(line: Line) -> bool:
    """Tell whether a line stops inside quotation marks."""
    return line.words.rfind("“") > line.words.rfind("”")


def _is_full(line: Line, width: int | None) -> bool:
    return width is not None and len(line.words) >= width * _FULL


def is_heading(first: Line, last: Line, *, length: int, opens: bool) -> bool:
    """Tell whether a numbered paragraph (lines ``first`` to ``last``) looks like a heading, not like an item of a list.

    ``length`` is in letters; ``opens``: what follows it is text or begins a list, not the next item.
    """
    words = last.words.rstrip()
    if first.bold or (first.words.isupper() and words.isupper()) or words.endswith(":"):
        return length <= 2 * _LONGEST_HEADING
    return opens and length <= _LONGEST_HEADING and not words.endswith((".", ";", ","))
