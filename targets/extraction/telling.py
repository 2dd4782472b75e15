"""What a sentence says around its figures: who carries them out, what is committed to, what is past or a condition."""

from collections.abc import Sequence
from dataclasses import dataclass

from plans.vietnamese.nouns import BODIES, DOINGS, PEOPLE
from plans.vietnamese.phrases import Sort, Token, phrases
from plans.vietnamese.quantities import Quantity, names_at
from plans.vietnamese.times import Precision
from targets.extraction import words
from targets.extraction.passages import Passage, Sentence

_TERMS = phrases("trong,năm,năm học,nhiệm kỳ,giai đoạn,mùa hè,hè,học kỳ,quý i,quý ii,quý iii,quý iv,cuối")

_NOW_WITHIN = 5  # tokens
_COUNT_WITHIN = 3  # tokens: "hiện có trên 40 chi đoàn"


@dataclass(frozen=True)
class Named:
    """Where the words that name a figure's carriers begin ("mỗi đoàn xã", "toàn Đoàn"); null for what is not named."""

    each: int | None = None
    together: int | None = None


@dataclass(frozen=True)
class Chosen:
    """A quantity that is a target. ``inner`` is the count that a share's carriers owe ("100% … có ít nhất 01 …")."""

    quantity: Quantity
    sentence: Sentence
    named: Named
    inner: Quantity | None = None
    borrowed_unit: tuple[int, int] | None = None


@dataclass(frozen=True)
class Told:
    """What a sentence says before one looks at its figures."""

    passage: Passage
    sentence: Sentence
    named: dict[int, Named]
    first_quantity: int
    first_commitment: int | None
    first_past: int | None
    first_present: int | None
    first_doing: int | None
    has_condition: bool
    has_report: bool
    has_day: bool
    has_scoring: bool
    looks_back: bool

    @classmethod
    def of(cls, passage: Passage, sentence: Sentence, first_quantity: int) -> "Told":
        tokens, span = passage.tokens, (sentence.first, sentence.after)
        past = _first_past(tokens, sentence)
        times = passage.times_between(tokens[sentence.first].start, tokens[sentence.after - 1].end)
        return cls(
            passage=passage,
            sentence=sentence,
            named=_carriers_named(tokens, sentence),
            first_quantity=first_quantity,
            first_commitment=words.COMMITS.within(tokens, *span),
            first_past=past,
            first_present=_first_present(tokens, past, sentence.after) if past is not None else None,
            first_doing=DOINGS.within(tokens, *span),
            has_condition=words.CONDITIONS.within(tokens, *span) is not None,
            has_report=words.REPORTS.within(tokens, *span) is not None,
            has_day=any(time.precision in {Precision.DAY, Precision.MONTH} for time in times),
            has_scoring=words.SCORING.within(tokens, *span) is not None or _gives_points(tokens, sentence),
            looks_back=_looks_back(passage, sentence),
        )

    def is_committed(self, index: int) -> bool:
        """Whether "phấn đấu", "chỉ tiêu" or the like stands before the token."""
        return self.first_commitment is not None and self.first_commitment < index


def _gives_points(tokens: Sequence[Token], sentence: Sentence) -> bool:
    """Tell whether points are given or taken: "cộng 02 điểm", "trừ 5 điểm"."""
    return any(
        tokens[at].sort is Sort.NUMERAL and words.POINTS.at(tokens, at + 1) and words.GIVES_POINTS.before(tokens, at)
        for at in range(sentence.first + 1, sentence.after)
    )


def _first_past(tokens: Sequence[Token], sentence: Sentence) -> int | None:
    """Return where a sentence begins to tell of what was or is already, null where it does not."""
    return next((at for at in range(sentence.first, sentence.after) if _is_past(tokens, at, sentence)), None)


def _first_present(tokens: Sequence[Token], past: int, after: int) -> int | None:
    """Return where what is planned begins behind the past: "năm trước tặng 30 suất; năm nay tặng 40"."""
    marks = (at for at in range(past, after) if tokens[at].text == ";")
    return next(
        (at for at in marks if words.NOW.within(tokens, at + 1, min(at + _NOW_WITHIN, after)) is not None), None
    )


def _is_past(tokens: Sequence[Token], at: int, sentence: Sentence) -> bool:
    if words.PAST.at(tokens, at) or words.ONLY_SO_FAR.at(tokens, at):
        return True
    if length := words.HAS_NOW.at(tokens, at):
        return any(token.sort is Sort.NUMERAL for token in tokens[at + length : at + length + _COUNT_WITHIN])
    opens = at == sentence.first or tokens[at - 1].sort is Sort.MARK
    return opens and words.BEFORE_NOW.at(tokens, at) > 0


def _looks_back(passage: Passage, sentence: Sentence) -> bool:
    """Tell whether a sentence opens with a term before the plan's: "Nhiệm kỳ 2017 - 2022, …", "Năm 2024, …"."""
    first = passage.outline.head.year
    if first is None:
        return False
    tokens, at = passage.tokens, sentence.first
    while at < sentence.after and (length := _TERMS.at(tokens, at)):
        at += length
    years = [
        int(token.text)
        for token in tokens[at : min(at + 3, sentence.after)]
        if token.text.isdecimal() and len(token.text) == 4
    ]
    if at == sentence.first or not years or tokens[at].text != str(years[0]):
        return False
    return years[0] < first and years[-1] <= first


def _carriers_named(tokens: Sequence[Token], sentence: Sentence) -> dict[int, Named]:
    """Return for every token of a sentence that begins a figure's words which carriers are named for it.

    "mỗi đoàn xã" holds until a semicolon, and beyond it where a colon stands before ("Mỗi đoàn xã: …; …; …").
    """
    named: dict[int, Named] = {}
    each = together = None
    said = Named()
    is_list = False
    for index in range(sentence.first, sentence.after):
        text = tokens[index].text
        if text == ";" and not is_list:
            each = None
        elif text == ":":
            is_list = each is not None
        elif is_each(tokens, index):
            each, is_list = index, False
        elif words.TOGETHER.at(tokens, index):
            together, each = index, None
        if (said.each, said.together) != (each, together):
            said = Named(each, together)
        named[index] = said
    return named


def is_each(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether "mỗi" with a body or people behind it stands here ("mới" looks alike once bare)."""
    length = words.EACH.at(tokens, index)
    return length > 0 and names_at(tokens, index + length) in {BODIES, PEOPLE}
