"""Who carries a target: the issuer, all together, each unit of a kind, each bloc (domain: Targets, 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from plans.vietnamese.letters import bare
from plans.vietnamese.nouns import BLOCS, BODIES, PEOPLE, WORKS
from plans.vietnamese.phrases import Token, phrases, tokens_in
from plans.vietnamese.quantities import names_at
from targets.enums import Carrier
from targets.extraction.passages import Passage
from targets.extraction.telling import Chosen
from units.enums import Kind

_KINDS = (
    (phrases("chi đoàn cơ sở"), (Kind.GRASSROOTS_BRANCH,)),
    (
        phrases("tổ chức cơ sở đoàn,cơ sở đoàn,cấp cơ sở,cơ sở,tổ chức cơ sở"),
        (Kind.GRASSROOTS_UNION, Kind.GRASSROOTS_BRANCH),
    ),
    (
        phrases("đoàn cơ sở,đoàn xã,đoàn phường,đoàn thị trấn,đoàn cấp xã,xã đoàn,phường đoàn,đoàn trường"),
        (Kind.GRASSROOTS_UNION,),
    ),
    (phrases("chi đoàn,chidoan"), (Kind.GRASSROOTS_BRANCH, Kind.BRANCH)),
    (phrases("huyện đoàn,quận đoàn,thị đoàn,thành đoàn,đoàn cấp huyện,huyện thị thành đoàn"), (Kind.DISTRICT_UNION,)),
    (phrases("đoàn trực thuộc"), (Kind.ATTACHED_UNION,)),
    (phrases("đoàn khối"), (Kind.BLOC_UNION,)),
    (phrases("tỉnh đoàn,tỉnh thành đoàn,đoàn cấp tỉnh"), (Kind.PROVINCE_UNION,)),
)
# Words that may stand between the names of kinds in one list.
_BETWEEN_KINDS = frozenset(
    {",", "va", "-", "/", "cac", "thi", "tran", "phuong", "truong", "thanh", "huyen", "xa", "cap", "quan"}
)
_GRASSROOTS = phrases(
    "cấp cơ sở,đối với cơ sở,cấp chi đoàn,các cơ sở đoàn,đối với các cơ sở đoàn,cơ sở đoàn,"
    "đối với các chi đoàn,đối với chi đoàn,đối với cơ sở đoàn,đối với các đơn vị,cấp xã,"
    "đối với các tổ chức cơ sở đoàn,đoàn cơ sở,chi đoàn,đối với đoàn cơ sở,đối với các đoàn cơ sở,các chi đoàn,"
    "các đơn vị"
)
_WHOLE = Decimal(100)
_FEW = 30


@dataclass(frozen=True)
class Carrying:
    """Who carries it; kinds and share (percent) for each_unit and each_bloc only."""

    by: Carrier
    kinds: tuple[str, ...] = ()
    share: Decimal | None = None
    is_guessed: bool = False


def carrying_of_share(chosen: Chosen, population: str) -> Carrying | None:
    """Return the carriers that a percentage names; null where it is of people or things (then it is a ratio)."""
    words = tokens_in(bare(population), population)
    first = next((i for i in range(len(words)) if names_at(words, i) in {BODIES, PEOPLE}), None)
    if first is None or names_at(words, first) is PEOPLE:
        return None
    share = chosen.quantity.number.low
    if share is None or not 0 < share <= _WHOLE:
        return None
    by = Carrier.EACH_BLOC if BLOCS.at(words, first) else Carrier.EACH_UNIT
    return Carrying(by, kinds_in(words) if by is Carrier.EACH_UNIT else (), share)


def carrying_of_count(passage: Passage, chosen: Chosen) -> Carrying:
    """Return who carries a count: as the sentence says ("mỗi", "toàn Đoàn"), else the heading, else what is counted."""
    tokens, first = passage.tokens, chosen.quantity.first
    named = chosen.named.each
    each = _rate_body(tokens, chosen) if named is None else named + 1
    if each is not None:
        if BLOCS.at(tokens, each):
            return Carrying(Carrier.EACH_BLOC, (), _WHOLE)
        if names_at(tokens, each) is BODIES:
            return Carrying(Carrier.EACH_UNIT, kinds_in(tokens[each:first] or tokens[each : each + 6]), _WHOLE)
        return Carrying(Carrier.POOLED, is_guessed=True)
    if chosen.named.together is not None:
        return Carrying(Carrier.POOLED)
    grassroots = _grassroots_heading(passage)
    if grassroots is not None:
        return Carrying(Carrier.EACH_UNIT, kinds_in(grassroots), _WHOLE)
    low = chosen.quantity.number.low or chosen.quantity.number.high or Decimal(0)
    is_own = (
        low <= _FEW
        and WORKS.at(tokens, chosen.quantity.number.after) > 0
        and not PEOPLE.at(tokens, chosen.quantity.number.after)
    )
    return Carrying(Carrier.ISSUER_OWN if is_own else Carrier.POOLED)


def kinds_in(words: Sequence[Token]) -> tuple[str, ...]:
    """Return the kinds of units that the words name, in order, each once; none where they name no kind."""
    found: list[str] = []
    index = 0
    while index < len(words):
        length, kinds = max(((names.at(words, index), kinds) for names, kinds in _KINDS), key=lambda pair: pair[0])
        found.extend(kind.value for kind in kinds if length and kind.value not in found)
        if found and not length and words[index].text not in _BETWEEN_KINDS:
            break
        index += max(1, length)
    return tuple(found)


def _rate_body(tokens: Sequence[Token], chosen: Chosen) -> int | None:
    """Return the body of "02 công trình/chi đoàn"."""
    if chosen.quantity.rate is None:
        return None
    return next(
        (
            i
            for i in range(chosen.quantity.number.after, chosen.quantity.after)
            if tokens[i].start > chosen.quantity.rate[0] and BODIES.at(tokens, i)
        ),
        None,
    )


def _grassroots_heading(passage: Passage) -> list[Token] | None:
    for tokens in passage.headings:
        at = _GRASSROOTS.within(tokens, 0, min(len(tokens), 8))
        if at is not None:
            return tokens[at : at + 8]
    return None
