"""Passages: blocks of an outline cut into sentences of tokens, with what their sections say they are for.

Which words of a sentence are a target is told in ``choosing``.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from plans.outline.shapes import Block, Nature, Outline, Role
from plans.vietnamese.phrases import Phrases, Sort, Token, phrases, tokens_in
from plans.vietnamese.quantities import Quantity, quantities_among
from plans.vietnamese.references import references_among
from plans.vietnamese.times import Time, times_in

_READ = frozenset({Role.HEADING, Role.TEXT, Role.ROW})
# The number of an item ("1.3.", "a)", "IV.", "-", "*", "(2)"), which counts nothing.
_LABEL = re.compile(
    r"[\s*#>_]*(?:(?:\(?(?:[0-9]{1,3}(?:\.[0-9]{1,2})*|[ivxl]{1,5}|[a-h]|d)\s*[.)/:]+(?=[\s*_]|[^\W\d_]))"
    r"|\([0-9]{1,2}\)|[0-9]{1,2}(?:\.[0-9]{1,2}){1,4}(?=\s+[^\W\d_])|[-+*•·▪–o](?=\s))?[\s*_]*"
)
_ENDS = frozenset(".!?")
# Tokens; what has no full stop for longer is damage, and is read in pieces.
_LONGEST_SENTENCE = 1500
_ABBREVIATIONS = frozenset(
    {"tp", "v", "q", "p", "tt", "ths", "ts", "pgs", "gs", "hcm", "dc", "st", "stt", "vd", "nxb", "tr"}
)
_SHORT_HEADING = 90
_MARKS_OF_A_HEADING = 8  # letters: a point, a blank, marks of emphasis around its words
# Without a figure, a number word, a limit or a title, a passage states no target.
_MAY_STATE = re.compile(
    r"[0-9]|\b(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|nua)\b"
    r"|khong (?:co|de|con)\b|danh hieu|xep loai|dat (?:don vi|co)\b"
)
# What a line is about where its own words say so: "Chỉ tiêu:", "* Chỉ tiêu phấn đấu:".
_SAYS_TARGETS = phrases(
    "chỉ tiêu,các chỉ tiêu,một số chỉ tiêu,chỉ tiêu cụ thể,chỉ tiêu phấn đấu,mục tiêu cụ thể,hệ thống chỉ tiêu,"
    "chỉ tiêu cơ bản,chỉ tiêu chung"
)
_SCORES = phrases("thang điểm,biểu điểm,cách tính điểm,cơ cấu giải,cơ cấu giải thưởng,giải thưởng,khen thưởng,kinh phí")
_NOTHING_TO_COUNT = phrases(
    "điều kiện,thể lệ,thành phần,đối tượng tham gia,đối tượng dự thi,đối tượng,cơ cấu giải,cơ cấu giải thưởng,"
    "giải thưởng,kinh phí,hồ sơ,địa bàn,địa điểm,thời gian,tiêu chuẩn,biểu điểm,thang điểm,cách tính điểm,"
    "căn cứ,quy định chung,nội dung thi,hình thức thi,dự toán,cách thức,số lượng,yêu cầu đối với,tiêu chí xét,"
    "tiêu chí chấm,quyền lợi,nguồn kinh phí,phương thức xét,khen thưởng,thi đua khen thưởng,công tác khen thưởng"
)

# What items are asked to fulfil, where they say so themselves: "Hồ sơ: …", "Đối tượng: …".
_REQUIREMENTS = phrases(
    "hồ sơ,đối tượng,tiêu chuẩn,điều kiện,thành phần,quyền lợi,thể lệ,cơ cấu giải,cơ cấu giải thưởng,giải thưởng,"
    "đội thi,dự toán,đại biểu,nhân sự,thang điểm,biểu điểm,cách tính điểm,khen thưởng,kinh phí"
)
_NOTES = phrases("ghi chú,lưu ý,chú thích,chú ý")
# How a congress and its committee are made up: part of a plan for it, but no target.
_STRUCTURE = phrases(
    "cơ cấu ban,cơ cấu ủy ban,cơ cấu đại biểu,cơ cấu nhân sự,cơ cấu bch,cơ cấu btv,cơ cấu số lượng,số lượng đại biểu,"
    "số lượng ủy viên,phân bổ đại biểu,công tác nhân sự,nhân sự đại hội,nhân sự ban,tiêu chuẩn đại biểu,"
    "tiêu chuẩn ủy viên,đại biểu dự đại hội,thành phần đại biểu,bầu cử tại đại hội"
)
_LONGEST_LABELLED = 6  # tokens of what an item says of itself before its colon


@dataclass(frozen=True)
class Sentence:
    """Tokens ``first``..``after`` of its passage."""

    first: int
    after: int


@dataclass(frozen=True)
class StandsFor:
    """The row of a table that a made-up sentence stands for: its place in the text and its name."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Passage:
    """The words of one block (or cell), bare, with the offset of its first letter in the text."""

    words: str
    offset: int
    written: str
    section: int | None
    nature: Nature
    is_row: bool
    outline: Outline
    stands_for: StandsFor | None = None

    @cached_property
    def headings(self) -> list[list[Token]]:
        """Tokens of the short headings above it, innermost first; long ones are sentences of their own."""
        spans = [
            (above.start, above.start + len(above.number) + len(above.heading) + _MARKS_OF_A_HEADING)
            for above in self.outline.ancestors(self.section)
            if above.heading and len(above.heading) < _SHORT_HEADING
        ]
        return [tokens_in(self.outline.bare_text[start:end], self.outline.text[start:end]) for start, end in spans]

    @cached_property
    def counts_nothing(self) -> bool:
        """Whether headings say that figures here are conditions, prizes, places (among targets: scores, prizes).

        Nor does what stands before the first section or after the last: what the plan is based on, who receives it.
        """
        if any(_STRUCTURE.within(tokens, 0, len(tokens)) is not None for tokens in self.headings[:3]):
            return True
        if self.nature is Nature.TARGETS:
            return self._labels_itself(_NOTES) or any(_opens(tokens, _SCORES) for tokens in self.headings[:1])
        is_outside = self.section is None and bool(self.outline.sections)
        if self._labels_itself(_REQUIREMENTS):
            return True
        return is_outside or any(_opens(tokens, _NOTHING_TO_COUNT) for tokens in self.headings[:3])

    def _labels_itself(self, names: Phrases) -> bool:
        """Whether its own first words before a colon say what it is of: "Khen thưởng: …", "Hồ sơ dự thi: …"."""
        first = next((i for i, token in enumerate(self.tokens) if token.sort is Sort.WORD), 0)
        if not names.at(self.tokens, first):
            return False
        return any(token.text == ":" for token in self.tokens[first : first + _LONGEST_LABELLED])

    @cached_property
    def tokens(self) -> list[Token]:
        return tokens_in(self.words, self.written)

    @cached_property
    def references(self) -> set[int]:
        return references_among(self.words, self.tokens)

    @cached_property
    def quantities(self) -> list[Quantity]:
        return quantities_among(self.tokens, self.references)

    def times_between(self, start: int, end: int) -> list[Time]:
        """Return the times of doing that begin between two offsets into the words."""
        starts = self._starts
        return self._doings[bisect_left(starts, start) : bisect_left(starts, end)]

    @cached_property
    def _doings(self) -> list[Time]:
        return [
            time for time in times_in(self.words, year=self.outline.head.year) if not time.is_reference and time.windows
        ]

    @cached_property
    def _starts(self) -> list[int]:
        return [time.start for time in self._doings]

    @cached_property
    def sentences(self) -> list[Sentence]:
        return list(_sentences(self.tokens, self.written))

    def text(self, start: int, end: int) -> str:
        """Return what is written between two offsets into the words, in one line."""
        return " ".join(self.written[start:end].split())


def passages_of(outline: Outline) -> Iterator[Passage]:
    """Yield the blocks that may hold targets, without their numbers; rows of tables cell by cell elsewhere."""
    for block in outline.blocks:
        if block.role in _READ and not block.cells and _MAY_STATE.search(outline.readable(block)):
            yield passage_of(outline, block, block.start, block.end)


def passage_of(outline: Outline, block: Block, start: int, end: int) -> Passage:
    """Return the passage between two offsets of a block, its number blanked."""
    words = outline.readable(block)[start - block.start : end - block.start]
    is_numbered = any(left <= block.start + 1 < right for left, right in block.holes)
    label = None if is_numbered or start > block.start else _LABEL.match(words)
    length = label.end() if label else 0
    words = " " * length + words[length:]
    nature = _nature(outline, block, words)
    return Passage(
        words=words,
        offset=start,
        written=_written(outline, block, start, end),
        section=block.section,
        nature=nature,
        is_row=block.role is Role.ROW,
        outline=outline,
    )


def _written(outline: Outline, block: Block, start: int, end: int) -> str:
    written = outline.text[start:end]
    for left, right in block.holes:
        if start <= left and right <= end:
            written = written[: left - start] + " " * (right - left) + written[right - start :]
    return written


def _nature(outline: Outline, block: Block, words: str) -> Nature:
    nature = outline.sections[block.section].nature if block.section is not None else Nature.NARRATIVE
    tokens = tokens_in(words[:60])
    if nature is not Nature.REVIEW and _SAYS_TARGETS.at(tokens, 0):
        return Nature.TARGETS
    return nature


def _opens(tokens: Sequence[Token], names: Phrases) -> bool:
    index = next(
        (
            i
            for i, token in enumerate(tokens)
            if token.sort is Sort.WORD and len(token.text) > 1 and not _roman(token.text)
        ),
        0,
    )
    return names.at(tokens, index) > 0


def _roman(text: str) -> bool:
    return set(text) <= set("ivx")


def _sentences(tokens: Sequence[Token], written: str) -> Iterator[Sentence]:
    first = 0
    for index, token in enumerate(tokens):
        is_end = token.text in _ENDS and _ends_here(tokens, index, written)
        if is_end or index - first >= _LONGEST_SENTENCE:
            if index > first:
                yield Sentence(first, index)
            first = index + is_end
    if first < len(tokens):
        yield Sentence(first, len(tokens))


def _ends_here(tokens: Sequence[Token], index: int, written: str) -> bool:
    """A point ends a sentence unless it is an abbreviation's, stands inside a word, or a small letter follows."""
    if index and tokens[index - 1].text in _ABBREVIATIONS:
        return False
    if index + 1 >= len(tokens):
        return True
    following = tokens[index + 1]
    if (
        following.start == tokens[index].end
        and following.sort is not Sort.MARK
        and not written[following.start].isupper()
    ):
        return False
    return not written[following.start].islower()
