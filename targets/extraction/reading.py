"""Reading all targets of a document: passages, rows of tables, statements; then who says what again."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from plans.outline.shapes import Contradiction, Outline
from plans.vietnamese.letters import bare
from targets.extraction.choosing import choose
from targets.extraction.clauses import clauses_of
from targets.extraction.doubts import OUTSIDE
from targets.extraction.encoding import encode
from targets.extraction.naming import known_indicator
from targets.extraction.passages import passages_of
from targets.extraction.shapes import Known, ProposedTarget, TargetReading
from targets.extraction.statements import statements_in
from targets.extraction.tables import rows_of
from targets.extraction.words import EMPTY

_LOOKED_BACK = 24
_SAID_AGAIN = 0.66


def read_targets(outline: Outline, *, known: Sequence[Known] = ()) -> TargetReading:
    """Return the targets of a document and the contradictions in them. Never raises; linear in the text's length.

    ``known`` are the rows of the catalogue that a proposal may name (domain: Targets, 1).
    """
    found: list[ProposedTarget] = []
    contradictions: list[Contradiction] = []
    for passage in chain(passages_of(outline), rows_of(outline)):
        chosen = choose(passage)
        for target, clause in zip(chosen, clauses_of(passage, chosen), strict=True):
            proposal, problems = encode(outline, passage, target, clause)
            found.append(proposal)
            contradictions.extend(problems)
        found.extend(statements_in(passage, chosen))
    found.sort(key=lambda proposal: (proposal.start, proposal.end))
    named = [_with_indicator(outline, proposal, known) for proposal in found]
    return TargetReading(tuple(_with_restatements(outline, named)), tuple(contradictions))


def _with_indicator(outline: Outline, proposal: ProposedTarget, known: Sequence[Known]) -> ProposedTarget:
    if not known:
        return proposal
    quote = outline.text[proposal.start : proposal.end]
    indicator = known_indicator(quote, proposal.figure.unit, proposal.kind, known)
    if indicator is None:
        return proposal
    return replace(proposal, indicator=indicator, indicator_name=indicator.name, measure=indicator.measure)


def _with_restatements(outline: Outline, proposals: Sequence[ProposedTarget]) -> list[ProposedTarget]:
    """Link what says a target again: the same bounds and carriers, mostly the same words (domain: Targets).

    The first in a section of targets is the original, else the first of all.
    """
    alike: dict[tuple[object, ...], list[list[int]]] = defaultdict(list)
    words = [_words(outline, proposal) for proposal in proposals]
    for index, proposal in enumerate(proposals):
        groups = alike[_likeness_key(proposal)]
        same = next((group for group in groups[-_LOOKED_BACK:] if _says_again(words[group[0]], words[index])), None)
        if same is None:
            groups.append([index])
        else:
            same.append(index)
    linked = list(proposals)
    for group in (group for groups in alike.values() for group in groups):
        origin = next((at for at in group if OUTSIDE not in proposals[at].doubts), group[0])
        for at in group:
            linked[at] = replace(proposals[at], restates=None if at == origin else origin)
    return linked


def _likeness_key(proposal: ProposedTarget) -> tuple[object, ...]:
    return (
        proposal.figure.low,
        proposal.figure.high,
        proposal.kind,
        proposal.carrier_kinds,
        proposal.figure.unit == "%",
    )


def _says_again(one: frozenset[str], other: frozenset[str]) -> bool:
    shorter = min(len(one), len(other))
    return shorter >= 4 and len(one & other) >= _SAID_AGAIN * shorter


def _words(outline: Outline, proposal: ProposedTarget) -> frozenset[str]:
    words = (word.strip(".,;:()\"'-*") for word in bare(outline.text[proposal.start : proposal.end]).split())
    return frozenset(word for word in words if word and not word[0].isdigit()) - EMPTY
