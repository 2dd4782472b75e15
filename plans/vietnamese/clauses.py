"""Cutting words into sentences and the parts between semicolons. What they say is not asked here."""

import re

_LONGEST_BRACKET = 260
_STOP = re.compile(r"[;.(\[]")
_ABBREVIATED = frozenset({"tp", "tx", "tt", "ths", "ts", "gs", "pgs", "dc", "mr", "ms", "st", "v", "no"})


def segments(words: str, text: str, *, start: int) -> list[tuple[int, int]]:
    """Return the sentences and the parts between semicolons, brackets kept whole. ``text`` is the same, not bare."""
    found, begin, at = [], start, start
    while stop := _STOP.search(words, at):
        at = stop.end()
        if stop.group() in "([":
            close = words.find(")" if stop.group() == "(" else "]", at, at + _LONGEST_BRACKET)
            at = close + 1 if close >= 0 else at
        elif stop.group() == ";" or (stop.group() == "." and _ends_sentence(words, text, stop.start(), begin)):
            found.append((begin, stop.start()))
            begin = at
    found.append((begin, len(words)))
    return [kept for place in found if (kept := trimmed(words, *place)) is not None]


def _ends_sentence(words: str, text: str, at: int, begin: int) -> bool:
    """Whether a point closes a sentence: a capital letter follows, and no abbreviation or number stands before it."""
    following = text[at + 1 : at + 4].lstrip(' \t*_"“')
    if not following or not (following[0].isupper() or following[0].isdigit()) or not text[at + 1 : at + 2].isspace():
        return False
    before = re.search(r"[a-z0-9]+$", words[max(begin, at - 12) : at])
    word = before.group() if before else ""
    if word.isdecimal():
        return len(word) > 2 or words[max(begin, at - 12) : at].rstrip("0123456789").endswith(("/", "-"))
    return word not in _ABBREVIATED


def trimmed(words: str, start: int, end: int) -> tuple[int, int] | None:
    """Return a place without blanks and marks at its ends, null where nothing is left."""
    while start < end and words[start] in " -+*\n\t.,:;":
        start += 1
    while end > start and words[end - 1] in " \n\t,;:.-":
        end -= 1
    return (start, end) if start < end else None
