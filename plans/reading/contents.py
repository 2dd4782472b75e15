"""What the first step shows beside the document: its contents as a tree, contradictions, deadlines for reports."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy

from accounts.models import User
from core.templatetags.portal_numbers import vn_date
from plans.models import FoundContradiction, Plan, ReportDeadline
from plans.outline import Outline
from plans.proposals.contradictions import contradictions_of
from plans.rules import can_edit

from .frame import Frame
from .pane import Mark, after_number
from .selectors import works_on
from .steps import registered_steps

_ROUNDS = {
    "monthly": gettext_lazy("day %(day)s of every month"),
    "quarterly": gettext_lazy("day %(day)s of the last month of every quarter"),
    "yearly": gettext_lazy("%(day)s every year"),
    "weekly": gettext_lazy("every week (%(day)s)"),
}
LONGEST_QUOTE, SHORT_QUOTE = 110, 24
LONGEST_ENTRY = 72  # letters of an item that has no heading


@dataclass(frozen=True)
class Entry:
    """One section in the contents: the index that its place in the document bears, its number and first words."""

    index: int
    number: str
    words: str
    below: list["Entry"] = field(default_factory=list)


@dataclass(frozen=True)
class Duty:
    """A deadline for sending something in, with its day in words."""

    row: ReportDeadline
    when: str


@dataclass(frozen=True)
class Clash:
    """A contradiction, with its words; short ones with what stands around them."""

    row: FoundContradiction
    words: str


@dataclass(frozen=True)
class DocumentMarks:
    """What the first step marks in the document, and the rows that the marks stand for."""

    marks: list[Mark]
    contradictions: list[FoundContradiction]
    deadlines: list[ReportDeadline]


@dataclass(frozen=True)
class DocumentPage:
    """The right pane of the first step. ``unseen`` counts contradictions that nobody has looked at."""

    contents: list[Entry]
    contradictions: list[Clash]
    deadlines: list[Duty]
    unseen: int


def document_marks(plan: Plan, user: User) -> DocumentMarks:
    """Return what to mark: for who works on the plan the contradictions, for readers what was accepted; deadlines."""
    deadlines = list(ReportDeadline.objects.filter(plan=plan).order_by("start", "pk"))
    marks = [Mark(row.start, row.end, f"d{row.pk}", "accepted") for row in deadlines]
    if not works_on(user, plan):
        return DocumentMarks([*marks, *_accepted(plan)], [], deadlines)
    rows = list(contradictions_of(plan).select_related("seen_by"))
    marks += [Mark(row.start, row.end, f"c{row.pk}", "clash", str(n)) for n, row in enumerate(rows, start=1)]
    if not can_edit(user, plan):
        marks += _accepted(plan)
    return DocumentMarks(marks, rows, deadlines)


def _accepted(plan: Plan) -> list[Mark]:
    return [mark for step in registered_steps() for mark in step.marks(plan)]


def document_page(frame: Frame, marks: DocumentMarks) -> DocumentPage:
    """Return the right pane of the first step."""
    return DocumentPage(
        contents=contents_of(frame.outline),
        contradictions=[Clash(row, _around(frame.outline.text, row)) for row in marks.contradictions],
        deadlines=[Duty(row, _when(row)) for row in marks.deadlines],
        unseen=sum(row.seen_at is None for row in marks.contradictions),
    )


def _around(text: str, row: FoundContradiction) -> str:
    words = " ".join(row.quote.split())
    if len(words) > LONGEST_QUOTE:
        return words[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    if len(words) >= SHORT_QUOTE:
        return words
    start, end = max(row.start - SHORT_QUOTE, 0), row.end + SHORT_QUOTE
    before = " ".join(text[start : row.start].partition(" ")[2].rsplit("\n", 1)[-1].split())
    after = " ".join(text[row.end : end].rpartition(" ")[0].split("\n", 1)[0].split())
    return f"… {before} {words} {after} …"


def _when(row: ReportDeadline) -> str:
    """The day, or the round: "monthly:20" is "ngày 20 hằng tháng"."""
    if row.due_on is not None:
        return vn_date(row.due_on)
    name, _colon, day = row.recurring.partition(":")
    return str(_ROUNDS[name]) % {"day": day} if name in _ROUNDS and day else row.recurring


def contents_of(outline: Outline) -> list[Entry]:
    """Return every section of the outline as a tree, in the document's order."""
    top: list[Entry] = []
    entries: list[Entry] = []
    for index, section in enumerate(outline.sections):
        entry = Entry(index, section.number, section.heading or _first_words(outline, index))
        entries.append(entry)
        (top if section.parent is None else entries[section.parent].below).append(entry)
    return top


def _first_words(outline: Outline, index: int) -> str:
    section = outline.sections[index]
    start = after_number(outline.text, section.start, section.own_end, section.number)
    words = " ".join(outline.text[start : min(section.own_end, start + 4 * LONGEST_ENTRY)].replace("*", "").split())
    if len(words) <= LONGEST_ENTRY:
        return words
    return words[:LONGEST_ENTRY].rsplit(" ", 1)[0] + " …"
