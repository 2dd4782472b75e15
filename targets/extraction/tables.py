"""Rows of tables of targets ("Stt / Chỉ tiêu / Đơn vị tính / Số lượng"), read as the sentences that they stand for.

A row with one figure says "name: figure unit", or "figure% name"; of several figures that one counts which is aimed
at or the sum of the others. Rows that share a figure out to many units are left alone: they are allocations, no
targets. Cells that hold whole sentences are passages of their own.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from plans.outline.columns import TOTALS, is_phase
from plans.outline.shapes import Block, Cell, Nature, Outline, Role
from plans.vietnamese.letters import bare
from plans.vietnamese.numbers import numbers_in
from plans.vietnamese.phrases import phrases, tokens_in
from targets.extraction.passages import Passage, StandsFor, passage_of

# Columns of figures, the one that binds the issuer first: what it aims at, the sum of all parts, what was given to it.
_AIMS = ("phan dau", "dang ky")
_FIGURE_COLUMNS = ("chi tieu", "so luong", "ke hoach", "muc tieu", "tong", "giao", "phan dau", "dat", "ty le", "nam")
# What was reached before is no target.
_RESULTS = ("thuc hien", "ket qua", "da dat", "dat duoc", "uoc", "nam truoc", "cung ky")
_UNIT_COLUMNS = ("don vi tinh", "dvt", "dv tinh", "don vi")
# "As above" in a column of units.
_DITTO = frozenset({"nt", "-nt-", "- nt -", "nhu tren", '"', "''", "//", "”", "“"})
_IDLE_COLUMNS = (
    "stt",
    "tt",
    "thoi gian",
    "ghi chu",
    "dia diem",
    "don vi thuc hien",
    "phu trach",
    "chu tri",
    "phoi hop",
    "tien do",
)
_MANY_FIGURES = 3
_LEADS = phrases("tỷ lệ,tỉ lệ,số lượng,số,tổng số")
_RATIOS = phrases("tỷ lệ,tỉ lệ")


def rows_of(outline: Outline) -> Iterator[Passage]:
    """Yield a passage for each row that states a target, and for each cell that is read in its own words."""
    heads: tuple[Cell, ...] = ()
    unit = ""
    for block in outline.blocks:
        if block.role is Role.TABLE_HEAD:
            heads, unit = block.cells, ""
        elif block.role is Role.ROW and block.cells:
            unit = _unit_of(outline, block, above=unit)
            yield from _of_row(outline, block, unit, is_of_targets=_is_of_targets(outline, heads or block.cells))


def _unit_of(outline: Outline, block: Block, *, above: str) -> str:
    """Return what a row counts in; the unit of the row above where it says "nt"."""
    unit = next((_text(outline, cell) for cell in block.cells if _named(cell, _UNIT_COLUMNS)), "")
    return above if bare(unit).strip(" .") in _DITTO else unit


def _of_row(outline: Outline, block: Block, unit: str, *, is_of_targets: bool) -> Iterator[Passage]:
    if block.section is not None and outline.sections[block.section].nature is Nature.REVIEW:
        return
    figures = [cell for cell in block.cells if not _named(cell, _IDLE_COLUMNS) and _is_figure(outline, cell)]
    figure = _binding(outline, figures) if is_of_targets else None
    if figure:
        sentence = _sentence(outline, block, figure, unit)
        if sentence:
            yield sentence
        return
    for cell in block.cells:
        if cell.end > cell.start and not figures and not _named(cell, _IDLE_COLUMNS):
            passage = passage_of(outline, block, cell.start, cell.end)
            yield replace(passage, is_row=not is_of_targets)


def _binding(outline: Outline, figures: list[Cell]) -> Cell | None:
    """Return which of a row's figures is its target, null where they share one out among units or years.

    One column tells what is aimed at, or holds the sum of the others; results of the past are none.
    """
    ahead = [cell for cell in figures if not _is_past(outline, cell)] or figures
    for is_it in (_is_aim, _is_total):
        if found := next((cell for cell in ahead if is_it(cell)), None):
            return found
    whole = [cell for cell in ahead if not is_phase(cell.column)] or ahead
    if len(whole) == 1 and len(ahead) <= _MANY_FIGURES:
        return whole[0]
    named = next((cell for cell in whole if _named(cell, _FIGURE_COLUMNS)), None)
    is_shared_out = len(ahead) > _MANY_FIGURES or (named is None and all(cell.column for cell in whole))
    return None if is_shared_out or not whole else named or whole[0]


def _is_past(outline: Outline, cell: Cell) -> bool:
    years = [int(year) for year in re.findall(r"20\d\d", cell.column)]
    first = outline.head.year
    return cell.column.startswith(_RESULTS) or bool(years and first and max(years) < first)


def _is_aim(cell: Cell) -> bool:
    return any(word in cell.column for word in _AIMS)


def _is_total(cell: Cell) -> bool:
    return cell.column in TOTALS


def _is_of_targets(outline: Outline, cells: tuple[Cell, ...]) -> bool:
    names = {cell.column for cell in cells}
    return any(_holds(name, ("chi tieu", "don vi tinh", "dvt", "so luong", "muc tieu")) for name in names)


def _sentence(outline: Outline, block: Block, figure: Cell, unit: str) -> Passage | None:
    names = [
        cell
        for cell in block.cells
        if cell != figure
        and not _named(cell, _IDLE_COLUMNS)
        and not _named(cell, _UNIT_COLUMNS)
        and not _is_figure(outline, cell)
    ]
    name = max(names, key=lambda cell: cell.end - cell.start, default=None)
    if name is None or name.end == name.start:
        return None
    words = _as_sentence(_text(outline, name), _text(outline, figure), unit)
    return replace(
        passage_of(outline, block, name.start, name.end),
        words=bare(words),
        written=words,
        nature=Nature.TARGETS,
        is_row=False,
        stands_for=StandsFor(min(name.start, figure.start), max(name.end, figure.end), _text(outline, name)),
    )


def _as_sentence(name: str, figure: str, unit: str) -> str:
    tokens = tokens_in(bare(name), name)
    lead = _LEADS.at(tokens, 0)
    if unit.strip() == "%" or "%" in figure or (not unit and _RATIOS.at(tokens, 0)):
        population = name[tokens[lead].start :] if 0 < lead < len(tokens) else name
        return f"{figure}{'' if '%' in figure else '%'} {population}"
    return f"{name}: {figure} {unit}"


def _is_figure(outline: Outline, cell: Cell) -> bool:
    """Tell whether the cell holds one number and at most two words besides."""
    words = outline.bare_text[cell.start : cell.end]
    numbers = numbers_in(words)
    return (
        len(numbers) == 1
        and not numbers[0].in_words
        and len((words[: numbers[0].start] + words[numbers[0].end :]).split()) <= 2
    )


def _named(cell: Cell, columns: tuple[str, ...]) -> bool:
    return _holds(cell.column, columns)


def _holds(name: str, columns: tuple[str, ...]) -> bool:
    return any(name == column or (len(column) > 3 and column in name) for column in columns)


def _text(outline: Outline, cell: Cell) -> str:
    return " ".join(outline.text[cell.start : cell.end].split())
