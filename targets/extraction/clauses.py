"""Where the words of a target begin and end: its figure with the verb, the carrier and what goes with it."""

from collections.abc import Sequence

from plans.vietnamese.nouns import DOINGS
from plans.vietnamese.phrases import Sort, Token
from targets.extraction.passages import Passage
from targets.extraction.telling import Chosen

_AT_THE_ENDS = frozenset({",", ";", ":", "-", "va", "+", "*", ".", "hoac", "dong thoi"})


def clauses_of(passage: Passage, chosen: Sequence[Chosen]) -> list[tuple[int, int]]:
    """Return the first token and the one behind the last of each target's clause; clauses do not overlap."""
    begins = []
    for index, target in enumerate(chosen):
        before = chosen[index - 1] if index and chosen[index - 1].sentence == target.sentence else None
        begins.append(_begin(passage.tokens, target, before))
    ends = []
    for index, target in enumerate(chosen):
        following = chosen[index + 1] if index + 1 < len(chosen) else None
        limit = begins[index + 1] if following and following.sentence == target.sentence else target.sentence.after
        ends.append(_end(passage.tokens, target, limit))
    return [
        _trimmed(passage.tokens, begin, end, target) for begin, end, target in zip(begins, ends, chosen, strict=True)
    ]


def last_token(target: Chosen) -> int:
    """Return the token behind the target's last figure and its unit."""
    return max(target.quantity.after, target.inner.after if target.inner else 0)


def _begin(tokens: Sequence[Token], target: Chosen, before: Chosen | None) -> int:
    first = target.quantity.first
    floor = last_token(before) if before else target.sentence.first
    semicolon = next((i + 1 for i in range(first - 1, floor - 1, -1) if tokens[i].text == ";"), None)
    if semicolon is not None:
        return semicolon
    if before is None:
        return floor
    joints = [i for i in range(floor, first) if tokens[i].text in {",", "va"}]
    with_verb = next((i + 1 for i in joints if DOINGS.at(tokens, i + 1)), None)
    return with_verb or (joints[-1] + 1 if joints else floor)


def _end(tokens: Sequence[Token], target: Chosen, limit: int) -> int:
    after = last_token(target)
    return next((i for i in range(after, limit) if tokens[i].text == ";"), max(limit, after))


def _trimmed(tokens: Sequence[Token], begin: int, end: int, target: Chosen) -> tuple[int, int]:
    first, last = target.quantity.first, last_token(target)
    while begin < first and (tokens[begin].text in _AT_THE_ENDS or tokens[begin].text in ")("):
        begin += 1
    while end > last and (tokens[end - 1].text in _AT_THE_ENDS or tokens[end - 1].text == "("):
        end -= 1
    if (
        end < len(tokens)
        and tokens[end].text == ")"
        and any(t.sort is Sort.MARK and t.text == "(" for t in tokens[begin:end])
    ):
        end += 1
    return begin, end
