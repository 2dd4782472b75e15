"""Short names of targets for the portal, and known indicators that a target's words point to."""

from collections.abc import Sequence

from plans.vietnamese.letters import bare
from plans.vietnamese.phrases import Token, phrases
from targets.extraction.passages import Passage
from targets.extraction.shapes import Known
from targets.extraction.telling import Chosen
from targets.extraction.words import EMPTY

_LONGEST_NAME = 120
_OPENINGS = phrases(
    "phấn đấu,chỉ đạo,chỉ tiêu,phấn đấu đạt,các chỉ tiêu,mục tiêu,tiếp tục,chỉ đạo đạt,cam kết,đảm bảo,bảo đảm,"
    "trong đó,trong đó có,ngoài ra,cùng đó"
)
_LIKE_ENOUGH = 0.6


def name_of(passage: Passage, chosen: Chosen, clause: tuple[int, int]) -> str:
    """Return the clause without its figure and without "phấn đấu", at most 120 letters, its first letter large."""
    tokens, number = passage.tokens, chosen.quantity.number
    begin = clause[0]
    while begin < number.first and (length := _OPENINGS.at(tokens, begin)) and begin + length <= number.first:
        begin += length
    before = _text(passage, begin, number.first)
    behind = _text(passage, number.after, clause[1])
    return shortened(f"{before} {behind}".strip(" ,:;-"))


def shortened(words: str) -> str:
    """Return the words cut at a word's end, the first letter large."""
    if len(words) > _LONGEST_NAME:
        words = words[: _LONGEST_NAME - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
    return words[:1].upper() + words[1:]


def known_indicator(clause_words: str, unit: str, kind: str, known: Sequence[Known]) -> Known | None:
    """Return the row of the catalogue that the words name: same kind, its measure among the unit's words, and most of
    its name's words in the clause. The best one; null where none is like enough or two are equally so."""
    words = _content(bare(clause_words))
    unit_words = set(bare(unit).split())
    ranked = sorted(
        ((_likeness(row, words, unit_words), row) for row in known if row.kind == kind), key=lambda pair: -pair[0]
    )
    if not ranked or ranked[0][0] < _LIKE_ENOUGH:
        return None
    return None if len(ranked) > 1 and ranked[1][0] == ranked[0][0] else ranked[0][1]


def _likeness(row: Known, words: set[str], unit_words: set[str]) -> float:
    name = _content(bare(row.name))
    measure = set(bare(row.measure).replace(",", " ").split())
    if not name or (row.kind == "amount" and unit_words and not measure & unit_words):
        return 0.0
    return len(name & words) / len(name)


def _content(words: str) -> set[str]:
    return {word.strip(".,;:()\"'-") for word in words.split()} - EMPTY - {""}


def _text(passage: Passage, first: int, after: int) -> str:
    tokens: Sequence[Token] = passage.tokens
    return passage.text(tokens[first].start, tokens[after - 1].end) if after > first else ""
