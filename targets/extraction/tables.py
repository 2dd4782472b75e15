"""Rows of tables of targets ("Stt / Chỉ tiêu / Đơn vị tính / Số lượng"), read as the sentences that they stand for.

A row with one figure says "name: figure unit", or "figure% name". Rows that share a figure out to many units are left
alone: they are allocations, no targets. Cells that hold whole sentences are passages of their own.
"""

from collections.abc import Iterator
from dataclasses import replace

from plans.outline.shapes import Block, Cell, Nature, Outline, Role
from plans.vietnamese.letters import bare
from plans.vietnamese.numbers import numbers_in
from plans.vietnamese.phrases import phrases, tokens_in
from targets.extraction.passages import Passage, StandsFor, passage_of

_FIGURE_COLUMNS = ("chi tieu", "so luong", "ke hoach", "muc tieu", "tong", "giao", "phan dau", "dat", "ty le", "nam")
_UNIT_COLUMNS = ("don vi tinh", "dvt", "dv tinh", "don vi")
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


def rows_of(outline: Outline) -> Iterator[Passage]:
    """Yield a passage for each row that states a target, and for each cell that is read in its own words."""
    heads: tuple[Cell, ...] = ()
    for block in outline.blocks:
        if block.role is Role.TABLE_HEAD:
            heads = block.cells
        elif block.role is Role.ROW and block.cells:
            yield from _of_row(outline, block, is_of_targets=_is_of_targets(outline, heads or block.cells))


def _of_row(outline: Outline, block: Block, *, is_of_targets: bool) -> Iterator[Passage]:
    if block.section is not None and outline.sections[block.section].nature is Nature.REVIEW:
        return
    figures = [cell for cell in block.cells if not _named(cell, _IDLE_COLUMNS) and _is_figure(outline, cell)]
    if is_of_targets and 1 <= len(figures) <= _MANY_FIGURES:
        sentence = _sentence(outline, block, _best(figures))
        if sentence:
            yield sentence
        return
    for cell in block.cells:
        if cell.end > cell.start and not figures and not _named(cell, _IDLE_COLUMNS):
            passage = passage_of(outline, block, cell.start, cell.end)
            yield replace(passage, is_row=not is_of_targets)


def _is_of_targets(outline: Outline, cells: tuple[Cell, ...]) -> bool:
    names = {cell.column for cell in cells}
    return any(_holds(name, ("chi tieu", "don vi tinh", "dvt", "so luong", "muc tieu")) for name in names)


def _sentence(outline: Outline, block: Block, figure: Cell) -> Passage | None:
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
    unit = next((_text(outline, cell) for cell in block.cells if _named(cell, _UNIT_COLUMNS) and cell != figure), "")
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
    if unit.strip() == "%" or "%" in figure:
        tokens = tokens_in(bare(name), name)
        lead = _LEADS.at(tokens, 0)
        population = name[tokens[lead].start :] if 0 < lead < len(tokens) else name
        return f"{figure}{'' if '%' in figure else '%'} {population}"
    return f"{name}: {figure} {unit}"


def _best(figures: list[Cell]) -> Cell:
    return next((cell for cell in figures if _named(cell, _FIGURE_COLUMNS)), figures[0])


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
