"""From letters as they were read to the text that everything else works on: NFC, plain line ends, no control marks.

Pure. Which letters were meant (encodings) stands in ``legacy``.
"""

import re
import unicodedata
from collections.abc import Iterator

from .legacy import modern
from .shapes import MAX_LETTERS, MAX_LINES, OffsetMap, Refused, Source

_LINE_ENDS = "\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029"
# They show nothing and stand within words: soft hyphen, zero-width spaces and joiners, marks of direction, byte order.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
_PLAIN = (
    dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")
    | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    | {ord(mark): "\n" for mark in _LINE_ENDS}
    | {ord(mark): "" for mark in _UNSEEN}
    | {ord("\t"): "\t"}
)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_ODD = re.compile(f"[{re.escape(''.join(chr(code) for code, plain in _PLAIN.items() if chr(code) != plain))}]")
# More marks than these on one letter are no writing; sorting them takes the square of their number.
_MOST_IN_ONE = 32


def source_of(pages: list[str], *, kind: str) -> Source:
    """Return a Source of one piece of text, or of a PDF's pages; these but the first begin with what parts them."""
    if sum(map(len, pages)) > MAX_LETTERS:
        raise Refused("too_long")
    pages = [modern(page) for page in pages]
    letters = "".join(pages)
    text, origin = composed(letters)
    if text.count("\n") > MAX_LINES:
        raise Refused("too_long")
    if not text.strip():
        raise Refused("empty")
    return Source(text=text, kind=kind, pages=_starts(pages, origin) if kind == "pdf" else (), origin=origin)


def _starts(pages: list[str], origin: OffsetMap) -> tuple[int, ...]:
    starts, place = [], 0
    for number, page in enumerate(pages):
        starts.append(origin.forward(place + 1 if number else 0))
        place += len(page)
    return tuple(starts)


def composed(letters: str) -> tuple[str, OffsetMap]:
    """Return the letters as NFC text with "\\n" line ends, and the map back to them.

    Control marks become spaces, marks that show nothing go, halves of surrogate pairs become "\ufffd".
    """
    pieces, here, there, length, read = [], [0], [0], 0, 0
    for piece, taken in _pieces(letters):
        pieces.append(piece)
        length += len(piece)
        read += taken
        if length - here[-1] != read - there[-1]:
            here.append(length)
            there.append(read)
    return "".join(pieces), OffsetMap(tuple(here), tuple(there))


def _pieces(letters: str) -> Iterator[tuple[str, int]]:
    """Yield the text piece by piece, and how many letters each was made of: whole lines where nothing is to be done."""
    for line in _LINE.findall(letters):
        if unicodedata.is_normalized("NFC", line) and not _ODD.search(line):
            yield line, len(line)
        else:
            for cluster in _clusters(line):
                yield "\n" if cluster == "\r\n" else _normal(cluster), len(cluster)


def _normal(letters: str) -> str:
    return unicodedata.normalize("NFC", letters.translate(_PLAIN)[:_MOST_IN_ONE])


def _clusters(letters: str) -> Iterator[str]:
    """Cut where no letter composes with those before it; marks that show nothing do not part them."""
    start = 0
    for place in range(1, len(letters)):
        letter = letters[place]
        if letter < "\u00ad":
            if letter == "\n" and letters[place - 1] == "\r":
                continue
        elif letter in _UNSEEN or unicodedata.combining(letter) or _joins(letters[start:place], letter):
            continue
        yield letters[start:place]
        start = place
    if letters:
        yield letters[start:]


def _joins(before: str, letter: str) -> bool:
    """Whether the letter composes though it is no mark (parts of Korean syllables, some Indian vowels)."""
    return letter >= "\u0900" and _normal(before + letter) != _normal(before) + _normal(letter)
