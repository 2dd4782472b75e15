"""Reads the activities of an outline: ``read_activities``. Linear in the text's length; no outline makes it fail."""

from dataclasses import replace
from datetime import timedelta

from plans.outline.shapes import Block, Contradiction, Nature, Outline, Role
from plans.vietnamese.times import Bound, Precision, Span, Time

from . import carriers, clashes, rows, wording
from .choosing import Choice, chosen
from .clauses import Piece, calendar_pieces, narrative_pieces, words_besides
from .dating import Dating, Period
from .doubting import doubts_of
from .lunar_year import new_year_in
from .settling import cell_choice, inherits, own_choice, settled
from .shapes import ActivityReading, ProposedActivity
from .sifting import sifted
from .upright import end_of_upright, upright_rows

_LONGEST_UNTIMED = 300
_ROWS = (Role.ROW, Role.TABLE_HEAD)
_PASSED = timedelta(days=8)


def read_activities(outline: Outline) -> ActivityReading:
    """Return the planned activities in the document's order, and what in them cannot be meant.

    They come from calendars (lists, tables, what stands under "Quý II" or "Tháng 3"), where an item needs no time, and
    from other parts, where it needs an event and a time of doing. Targets and results of the past give none.
    Source: contracts, "Reading a document"; domain, Activities.
    """
    reader = _Reader(outline)
    at = 0
    while at < len(outline.blocks):
        at = reader.take_upright(at) or at
        if at < len(outline.blocks):
            reader.take(outline.blocks[at])
        at += 1
    return reader.reading()


class _Reader:
    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.dating = Dating(outline)
        self.proposals: list[ProposedActivity] = []
        self.contradictions: list[Contradiction] = []
        self.parents = {section.parent for section in outline.sections}
        below = [section.parent for at, section in enumerate(outline.sections) if not self.dating.period_of_heading(at)]
        self.holders = {*below, *(block.section for block in outline.blocks if block.role in _ROWS)}
        self.told: dict[int, int] = {}  # sections that are activities → their proposal
        self.rounds: dict[int, Choice] = {}  # contests → the times of their rounds so far
        self.headings: dict[int, Block] = {}
        self.row_period: Period | None = None
        self.row_choice: Choice | None = None
        self.time_first = False
        self.is_inherited = False

    def reading(self) -> ActivityReading:
        kept = sifted(self.outline, self.proposals)
        flagged = sorted(set(self.contradictions), key=lambda one: (one.start, one.kind))
        return ActivityReading(tuple(sorted(kept, key=lambda one: (one.start, one.end))), tuple(flagged))

    def take(self, block: Block) -> None:
        """Read one block by what it is."""
        if block.role in _ROWS:
            self._take_row(block)
        elif block.role in (Role.HEADING, Role.TEXT):
            self._leave_table()
            self._take_words(block)
        elif block.role is not Role.FURNITURE:
            self._leave_table()

    def _leave_table(self) -> None:
        self.row_period = self.row_choice = None
        self.time_first = False

    def _nature(self, section: int | None) -> Nature:
        return self.outline.sections[section].nature if section is not None else Nature.NARRATIVE

    # Rows.

    def _take_row(self, block: Block) -> None:
        nature = self._nature(block.section)
        if block.role is Role.TABLE_HEAD or nature in (Nature.REVIEW, Nature.TARGETS):
            return
        filled = rows.filled(self.outline, block)
        if len(filled) <= 1 and self._heads_rows(block):
            return
        found = rows.cells_of(self.outline, block)
        if found is None or found.name is None:
            return
        self.time_first = found.time_first if found.time else self.time_first
        choice = self._row_time(block, found)
        if self.time_first and found.time is None and rows.goes_on(self.outline, block, found.name):
            return
        parts = rows.parts_of(self.outline, found.name, several=self.time_first)
        for place in parts:
            self._row_part(block, place, choice, alone=len(parts) == 1)

    def _heads_rows(self, block: Block) -> bool:
        """Take a row with one filled cell ("QUÝ I") as the heading of the rows below."""
        words = self.outline.readable(block)
        period = self.dating.period_of_words(words, start=block.start, section=block.section)
        if period:
            self.row_period, self.row_choice = period, None
        return period is not None

    def _row_time(self, block: Block, found: rows.RowCells) -> Choice | None:
        self.is_inherited = found.time is None
        if found.time is None:
            above = self.row_choice if self.time_first else None
            return above if above and inherits(above, numbered=rows.is_numbered(block)) else None
        words, start = rows.time_words(self.outline, found.time)
        period = self.row_period or self.dating.period(block.section)
        month = period.month if period else None
        times = self.dating.times_of(words, start=start, section=block.section, month=month)
        self._flag_impossible(times)
        choice = cell_choice(times)
        if choice:
            choice = replace(choice, place=(max(choice.place[0], found.time.start), choice.place[1]))
        self.row_choice = choice
        return choice

    def _row_part(self, block: Block, place: tuple[int, int], choice: Choice | None, *, alone: bool) -> None:
        period = self.row_period or self.dating.period(block.section)
        times = self.dating.times(*place, section=block.section, month=period.month if period else None)
        own = own_choice(self.outline, place, times, cell=choice, grouped=self.time_first)
        if choice is None and own is None and period is None and self._nature(block.section) is not Nature.CALENDAR:
            return
        if not carriers.tells_an_event(self.outline.bare_text[slice(*place)]):
            return
        time, clash = settled(choice, own, alone=alone, inherited=self.is_inherited)
        if clash:
            self.contradictions.append(clashes.two_times(self.outline, place=place))
        self._propose(place, time, section=block.section, period=period)

    def take_upright(self, at: int) -> int | None:
        """Take the table whose head is block ``at`` if its cells stand one a line; return the block behind it."""
        end = end_of_upright(self.outline, at)
        head = self.outline.blocks[at]
        if end is None or self._nature(head.section) in (Nature.REVIEW, Nature.TARGETS):
            return None
        place = (head.end, self.outline.blocks[end - 1].end)
        rows_found = upright_rows(self.outline, self.dating, *place, section=head.section)
        for row in rows_found:
            if row.name and carriers.tells_an_event(self.outline.bare_text[slice(*row.name)]):
                times = self.dating.times(*row.time, section=head.section) if row.time else []
                self._propose(row.name, cell_choice(times), section=head.section, period=None)
        return end if rows_found else None

    # Words.

    def _take_words(self, block: Block) -> None:
        section = block.section
        if block.role is Role.HEADING and section is not None:
            self.headings[section] = block
        if self._nature(section) in (Nature.REVIEW, Nature.TARGETS):
            return
        words = self.outline.readable(block)
        if block.role is Role.TEXT and not wording.is_detail(words) and self.dating.hear(block):
            return
        period = self.dating.period(section)
        if block.role is Role.HEADING and section is not None and self.dating.period_of_heading(section):
            return
        times = self.dating.times_of(words, start=block.start, section=section, month=period.month if period else None)
        self._flag_impossible(times)
        if self._take_detail(block, words, times) or self._take_round(block, words, times):
            return
        if period or self._nature(section) is Nature.CALENDAR:
            self._take_item(block, words, times, period)
        else:
            self._take_narrative(block, words, times)

    def _take_item(self, block: Block, words: str, times: list[Time], period: Period | None) -> None:
        """An item of a calendar: an activity even without a time of its own, unless it is a heading of others."""
        start = wording.opening(words)
        local = [time.moved(-block.start) for time in times if time.windows]
        heads_others = block.role is Role.HEADING and self._heads_others(block.section, period)
        for piece in calendar_pieces(words, self._text(block), start=start, times=local):
            choice = self._choice(piece, words, block, calendar=True)
            told = words[piece.start : piece.end + 1]
            if heads_others and (choice is None or choice.windows[0].precision is Precision.YEAR):
                continue
            if choice is None and not self._stands_alone(block, told, period):
                continue
            if not carriers.tells_an_event(told) or not carriers.says_enough(words_besides(words, piece)):
                continue
            if wording.QUOTA.match(told) or _is_sent_by(piece, told):
                continue
            self._propose_piece(block, piece, choice, period)

    def _heads_others(self, section: int | None, period: Period | None) -> bool:
        """Whether items or rows stand below. A quarter's heading below an item of the quarter before is none of its."""
        return section in self.holders or (section in self.parents and period is None)

    def _stands_alone(self, block: Block, words: str, period: Period | None) -> bool:
        """Whether an item without time is an activity and not a detail of the one above it or a point of a day."""
        section = block.section
        if section is None or len(words) > _LONGEST_UNTIMED or wording.is_detail(words):
            return False
        if wording.HANDS_IN.match(words):
            return False
        if period and period.is_day and wording.HOUR.match(words):
            return False
        above = section if block.role is Role.TEXT else self.outline.sections[section].parent
        if above in self.told:
            return False
        return block.role is Role.HEADING or bool(wording.OPENS_EVENT.match(words))

    def _take_narrative(self, block: Block, words: str, times: list[Time]) -> None:
        """Elsewhere: an event and an explicit time of doing in one sentence."""
        if not times:
            return
        local = [time.moved(-block.start) for time in times if time.windows and not time.repeats]
        fine = [time for time in local if time.precision is not Precision.YEAR and not time.is_reference]
        start = wording.opening(words)
        for piece in narrative_pieces(words, self._text(block), start=start, times=fine):
            told = words[piece.start : piece.end]
            if _is_none_of_the_plan(told, len(piece.times)):
                continue
            choice = self._choice(piece, words, block, calendar=False)
            if choice and not self._was_before(choice, is_preamble=block.section is None):
                self._propose_piece(block, piece, choice, None)

    def _was_before(self, choice: Choice, *, is_preamble: bool) -> bool:
        """Whether a day had passed when the document was dated: no plan, but what it refers to.

        A paper is signed some days late at times; but what it opens with ("Đại hội họp từ ngày …") is past at once.
        """
        dated = self.outline.head.dated
        if dated is None:
            return False
        last = dated if is_preamble and self.outline.sections else dated - _PASSED
        return all(span.precision is Precision.DAY and span.ends_on <= last for span in choice.windows)

    def _choice(self, piece: Piece, words: str, block: Block, *, calendar: bool) -> Choice | None:
        times = [time.moved(block.start) for time in piece.times]
        return chosen(times, bare=words, offset=block.start, calendar=calendar)

    def _propose_piece(self, block: Block, piece: Piece, choice: Choice | None, period: Period | None) -> None:
        place = (block.start + piece.start, block.start + piece.end)
        if block.role is Role.HEADING and block.section is not None:
            self.told.setdefault(block.section, len(self.proposals))
        self._propose(place, choice, section=block.section, period=period)

    def _text(self, block: Block) -> str:
        return self.outline.text[block.start : block.end]

    # "Thời gian: …" below an activity's heading.

    def _take_detail(self, block: Block, words: str, times: list[Time]) -> bool:
        """Give the time of a line "Thời gian: …" to the activity whose heading stands above. True for such a line."""
        begin = wording.time_label(words[:160])
        if begin is None:
            return wording.is_detail(words) and not times
        if times and wording.names_an_event(words[begin : times[0].start - block.start]):
            return False  # "Thời gian: Sinh hoạt hè từ … đến …" tells of an activity itself
        usable = [time for time in times if time.windows and time.start >= block.start + begin]
        carrier = self._carrier(block)
        choice = chosen(usable, bare=words, offset=block.start, calendar=True)
        if choice and carrier is not None:
            self._give(carrier, choice)
        return True

    def _take_round(self, block: Block, words: str, times: list[Time]) -> bool:
        """Give the time of a line "Vòng loại: …" to the contest whose heading stands above, beside other rounds'."""
        carrier = self._carrier(block) if times and wording.is_round(words) else None
        if carrier is None or (carrier in self.told and carrier not in self.rounds):
            return False
        choice = chosen(times, bare=words, offset=block.start, calendar=True)
        if choice is None or not wording.is_contest(self.outline.readable(self.headings[carrier])):
            return False
        if before := self.rounds.get(carrier):
            place = (before.place[0], choice.place[1])
            choice = replace(choice, windows=(*before.windows, *choice.windows), place=place)
        self.rounds[carrier] = choice
        self._give(carrier, choice)
        return True

    def _give(self, carrier: int, choice: Choice) -> None:
        """Give a time to the activity that a heading is; make it one if it was none before."""
        head = self.headings[carrier]
        head_words = self.outline.readable(head)
        place = (head.start + wording.opening(head_words), head.start + len(head_words.rstrip(" .:;*_#")))
        if carrier in self.told:
            at = self.told[carrier]
            self.proposals[at] = replace(
                self.proposals[at], time=choice.place, windows=choice.windows, tentative=choice.tentative
            )
        else:
            self.told[carrier] = len(self.proposals)
            self._propose(place, choice, section=carrier, period=None)

    def _carrier(self, block: Block) -> int | None:
        """Return the section that is the activity of a detail, null where the detail is the whole plan's."""
        section = block.section
        if section is None:
            return None
        at = self.outline.sections[section].parent if block.role is Role.HEADING else section
        while at is not None and at in self.headings:
            words = self.outline.readable(self.headings[at])
            if not wording.is_topic(words):
                return None if self.dating.period_of_heading(at) else at
            at = self.outline.sections[at].parent if wording.is_detail(words) else None
        return None

    # What is found.

    def _flag_impossible(self, times: list[Time]) -> None:
        self.contradictions.extend(
            clashes.impossible_date(self.outline, time=time) for time in clashes.impossible(times)
        )

    def _propose(
        self, place: tuple[int, int], choice: Choice | None, *, section: int | None, period: Period | None
    ) -> None:
        outline = self.outline
        windows: tuple[Span, ...] = choice.windows if choice else period.windows if period else ()
        when = choice.place if choice else period.place if period else None
        place = _without_time(outline, place, choice)
        words = outline.bare_text[slice(*place)]
        proposal = ProposedActivity(
            start=place[0],
            end=place[1],
            time=when,
            windows=windows,
            tentative=bool(choice and choice.tentative),
            scope=carriers.scope_of(outline, words=words, section=section),
            repeats=carriers.repeats_of(words),
            name=carriers.name_of(outline.text[slice(*place)]),
            section=section,
        )
        several = bool(choice and choice.several)
        new_year = new_year_in(words, year=self.dating.year_of(2, section))
        self.proposals.append(replace(proposal, doubts=doubts_of(proposal, several=several, new_year=new_year)))
        self._flag(place, choice, windows=windows, period=period)

    def _flag(
        self, place: tuple[int, int], choice: Choice | None, *, windows: tuple[Span, ...], period: Period | None
    ) -> None:
        flagged = [*clashes.wrong_years(self.outline, self.dating, place=place, windows=windows)]
        if choice and choice.several:
            flagged.append(clashes.two_times(self.outline, place=place))
        if (
            choice
            and period
            and (outside := clashes.outside_period(self.outline, place=place, windows=windows, period=period))
        ):
            flagged.append(outside)
        if choice and (
            wrong := clashes.wrong_year_of_time(self.outline, self.dating, windows=windows, place=choice.place)
        ):
            flagged.append(wrong)
        self.contradictions.extend(flagged)


def _is_sent_by(piece: Piece, words: str) -> bool:
    """ "Trước ngày 05/4: Báo cáo tổng kết": a reporting duty in a calendar."""
    by = [time for time in piece.times if time.bound is Bound.BY]
    is_sent = wording.SENDING.search(words) or wording.DEADLINE.search(words)
    return bool(by) and len(by) == len(piece.times) and bool(is_sent)


def _is_none_of_the_plan(words: str, times: int) -> bool:
    """Whether a clause with an event and a time tells of the past, of what is to be sent in, or of a quota."""
    if wording.PAST.search(words) or wording.DUTY.search(words) or wording.QUOTA.match(words):
        return True
    return wording.sends(words, times)


def _without_time(outline: Outline, place: tuple[int, int], choice: Choice | None) -> tuple[int, int]:
    """Leave a time in brackets at the end out of an activity's words: "Tổ chức Hội thao (Dự kiến tháng 5/2024)"."""
    start, end = place
    if choice and start < choice.place[0] < end:
        before = outline.bare_text[start : choice.place[0]].rstrip()
        behind = outline.bare_text[choice.place[1] : end].strip(" ).;*_\n")
        if before.endswith("(") and not behind:
            end = start + len(before[:-1].rstrip(" .;,*_"))
    words = outline.bare_text[start:end]
    return start, start + max(len(words.rstrip(" ;,*_\n\t")), 1)
