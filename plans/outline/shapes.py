"""What an outline is made of. All places are offsets into the document's text (NFC), ``end`` excluded."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from plans.vietnamese.letters import bare


class Role(StrEnum):
    """What a block of the document is."""

    HEAD = "head"  # issuer, motto, number, place and date, addressee
    TITLE = "title"
    HEADING = "heading"  # a numbered heading, or a numbered item whose own words are its text
    TEXT = "text"
    ROW = "row"  # one row of a table
    TABLE_HEAD = "table_head"  # Stt / Tên hoạt động / Thời gian, also repeated on a new page
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"
    FURNITURE = "furniture"  # page numbers, rules of asterisks, blank space


class Nature(StrEnum):
    """What a section is for, told by its heading and those above it."""

    TARGETS = "targets"  # "Hệ thống các chỉ tiêu", "Chỉ tiêu phấn đấu"
    CALENDAR = "calendar"  # "Một số hoạt động lớn", "Phụ lục", "* Quý I:", "Lịch hoạt động"
    CARRYING_OUT = "carrying_out"  # "Tổ chức thực hiện": who does what, deadlines for reports
    REVIEW = "review"  # results of the past: "Kết quả đạt được", "Đánh giá"
    NARRATIVE = "narrative"  # everything else


@dataclass(frozen=True)
class Contradiction:
    """Two things in the document that cannot both be meant, or one that cannot be. Flagged, never mended.

    ``kind`` is a code (``number_repeated``, ``number_skipped``, ``two_dates``, ``outside_quarter``, ``two_times``,
    ``wrong_year``, ``impossible_date``, ``due_before_document``, ``over_range``, ``at_least_range`` …); ``says``
    is one sentence for a reader, in Vietnamese, because documents are.
    """

    kind: str
    quote: str
    start: int
    end: int
    says: str


@dataclass(frozen=True)
class Doubt:
    """Why a reader should look twice. ``says`` is one sentence in Vietnamese, shown beside the words."""

    code: str
    says: str


@dataclass(frozen=True)
class Cell:
    """One cell of a table's row; ``column`` is the bare word of its head ("stt", "ten hoat dong", "thoi gian"; "")."""

    start: int
    end: int
    column: str


@dataclass(frozen=True)
class Block:
    """One paragraph, heading or row. The blocks of an outline, in order, cover every character exactly once.

    ``section`` is the index of its section in ``Outline.sections``, null before the first and after the last.
    ``holes`` are places inside it that are not its own words (a page number in the middle of a sentence).
    """

    role: Role
    start: int
    end: int
    section: int | None = None
    holes: tuple[tuple[int, int], ...] = ()
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Section:
    """A numbered part, in the document's order. ``number`` is the document's own ("III", "1.7", "1"; "" for a dash).

    ``heading`` is the words after the number in its heading line, without mark-up, blank where the item is a
    sentence of its own (then the words are text). ``start``/``end`` span it with all below it; ``own_end`` is where
    its first child begins. ``parent`` is an index. ``address`` is the way down ("III/1/1.7"), unique.
    """

    number: str
    heading: str
    start: int
    end: int
    own_end: int
    depth: int
    parent: int | None
    address: str
    nature: Nature


@dataclass(frozen=True)
class Head:
    """What stands before the text; blank or null where it is not there.

    ``issuer`` as written ("BCH ĐOÀN KHỐI CÁC CƠ QUAN"), ``superior`` the body above it, ``number`` the running number
    with its symbol as written without spaces ("02-NQ/ĐTN"), ``place``, ``dated``, ``kind`` a stored plan kind
    (contracts: Vocabularies) or blank, ``title``, ``starts_on``/``ends_on`` the term (the year named in the title,
    else the year of the date). ``year`` is the first year of the term.
    """

    issuer: str = ""
    superior: str = ""
    number: str = ""
    place: str = ""
    dated: date | None = None
    kind: str = ""
    title: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    recipients: tuple[str, ...] = ()
    signer: str = ""

    @property
    def year(self) -> int | None:
        return self.starts_on.year if self.starts_on else None


@dataclass(frozen=True)
class Outline:
    """A document's text and what it is made of."""

    text: str
    head: Head
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    contradictions: tuple[Contradiction, ...] = ()

    def readable(self, block: Block) -> str:
        """Return the block's words bare, one character for each: holes and line breaks are spaces.

        ``readable(block)[i]`` stands at ``text[block.start + i]``.
        """
        words = self.bare_text[block.start : block.end].replace("\n", " ").replace("\r", " ")
        for start, end in block.holes:
            words = words[: start - block.start] + " " * (end - start) + words[end - block.start :]
        return words

    def ancestors(self, index: int | None) -> list[Section]:
        """Return the section and those above it, innermost first; none for ``None``."""
        chain = []
        while index is not None:
            chain.append(self.sections[index])
            index = self.sections[index].parent
        return chain

    @cached_property
    def bare_text(self) -> str:
        return bare(self.text)
