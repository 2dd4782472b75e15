"""Tokens of bare words, and lists of phrases that can be looked up at a place among them. No meaning lives here."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from plans.vietnamese.letters import bare


class Sort(StrEnum):
    WORD = "word"
    NUMERAL = "numeral"
    MARK = "mark"


class Token(NamedTuple):
    """One word, numeral ("1.500" is one) or mark of a text, with its place.

    ``written`` is the word with its diacritics in lower case, blank where only the bare text is known.
    """

    text: str
    start: int
    end: int
    sort: Sort
    written: str = ""


_TOKEN = re.compile(
    r"(?P<numeral>[0-9]+(?:[.,][0-9]+)*)|(?P<word>k?m[23](?![0-9])|[^\W\d_]+)|(?P<mark>[<>]=|([^\s\w]|_)\4*)",
    re.UNICODE,
)


# Digits that a scanner took for letters: "1OO%", "O1 công trình", "5OO", "0l mô hình", "l5 đoàn viên".
_DIGITS_MISREAD = re.compile(
    r"(?<![^\W_])(?:[ol0-9]{2,4}(?=\s?%)|o[1-9l](?=\s)|0[li](?=\s)|[li][0-9](?=\s)"
    r"|[0-9][0-9.,]{0,12}o[0-9o.,]{0,12}(?![^\W\d_]))"
)
_AS_DIGITS = str.maketrans("oli", "011")
# What has lost a part of its mark and is another common word all the same: "đầu tư" is not "từ".
_OTHER_WORDS = frozenset({"tư"})


def tokens_in(words: str, written: str = "") -> list[Token]:
    """Return the tokens of bare words in order; blank space falls between them. Linear in the length.

    ``written`` is the same text with its diacritics, letter for letter; it tells "đỏ" from "do" where both are bare.
    """
    return [_token(match, written) for match in _TOKEN.finditer(_DIGITS_MISREAD.sub(_mended, words))]


def _token(match: re.Match[str], written: str) -> Token:
    start, end = match.span()
    mark = match[4]  # a run of one mark ("....") is one token
    sort = Sort.MARK if mark or match["mark"] else Sort.NUMERAL if match["numeral"] else Sort.WORD
    return Token(mark or match.group(), start, end, sort, written[start:end].lower())


def _mended(match: re.Match[str]) -> str:
    found = match.group()
    return found.translate(_AS_DIGITS) if any(map(str.isdigit, found)) or found == "ol" else found


class Phrases:
    """A set of phrases, found at or before a token in a time that does not depend on their number.

    Phrases are written with their diacritics or without. They are compared bare, because documents lose diacritics;
    only a single syllable must not be written as quite another word ("do" is not found in "đỏ"). In an ``exact`` set
    no syllable may ("cơ sở" is not found in "có sổ").
    """

    def __init__(self, phrases: Iterable[str], *, exact: bool = False) -> None:
        self._exact = exact
        spellings: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for phrase in phrases:
            spellings[tuple(bare(phrase).split())].add(phrase.strip().lower())
        self._spellings = dict(spellings)
        self._lengths = sorted({len(phrase) for phrase in spellings}, reverse=True)
        self._firsts = frozenset(phrase[0] for phrase in spellings)
        self._lasts = frozenset(phrase[-1] for phrase in spellings)

    def at(self, tokens: Sequence[Token], index: int) -> int:
        """Return how many tokens the longest phrase that begins at ``index`` has; 0 where none does."""
        if not 0 <= index < len(tokens) or tokens[index][0] not in self._firsts:
            return 0
        return next((n for n in self._lengths if self._matches(tokens, index, n)), 0)

    def before(self, tokens: Sequence[Token], index: int) -> int:
        """Return how many tokens the longest phrase that ends just before ``index`` has; 0 where none does."""
        if not 0 < index <= len(tokens) or tokens[index - 1][0] not in self._lasts:
            return 0
        return next((n for n in self._lengths if n <= index and self._matches(tokens, index - n, n)), 0)

    def within(self, tokens: Sequence[Token], start: int, end: int) -> int | None:
        """Return where the first phrase begins that lies wholly between the two indices; null where none does."""
        return next((i for i in range(max(start, 0), end) if 0 < self.at(tokens, i) <= end - i), None)

    def _matches(self, tokens: Sequence[Token], index: int, length: int) -> bool:
        words = tuple(token.text for token in tokens[index : index + length])
        spellings = self._spellings.get(words)
        if spellings is None or len(words) != length:
            return False
        if length > 1 and not self._exact:
            return True
        syllables = (zip(tokens[index : index + length], spelling.split(), strict=True) for spelling in spellings)
        return any(all(_may_be(token, syllable) for token, syllable in pairs) for pairs in syllables)


def _may_be(token: Token, syllable: str) -> bool:
    """A syllable may have lost diacritics ("đên" for "đến"); one with others is another word."""
    if token.sort is not Sort.WORD or token.written.isascii() or token.written == syllable:
        return True
    return token.written not in _OTHER_WORDS and _has_lost_marks(token.written, syllable)


@lru_cache(maxsize=4096)
def _has_lost_marks(written: str, syllable: str) -> bool:
    """Tell whether every letter is the syllable's with the same marks or fewer."""
    if len(written) != len(syllable):
        return False
    return all(one == other or _marks(one) < _marks(other) for one, other in zip(written, syllable, strict=True))


def _marks(letter: str) -> frozenset[str]:
    if letter == "đ":
        return frozenset(("d", "-"))
    return frozenset(unicodedata.normalize("NFD", letter))


def phrases(*lines: str, exact: bool = False) -> Phrases:
    """Return the phrases written in lines, separated by commas."""
    return Phrases((phrase for line in lines for phrase in line.split(",") if phrase.strip()), exact=exact)
