"""A periodic report cut into the sections that can be set one after the other, and those into lines.

What stands in a part is decided here; how it looks is the template's business, as for the whole.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from core.paper_parts import Section

from .layout import ActivityTable, UnitTable
from .punctuality import ReportingTables

Context = dict[str, Any]
Html = Callable[[Context], str]


def sections_of(context: Context, html: Html) -> list[Section]:
    """The report's sections in their order: its text, then its annexes, that by unit table by table.

    ``context`` is that of the whole report; ``html`` fills the template from the context of a part.
    """
    annexes = context["annexes"]
    sections = [_undivided(context, html, "body")]
    if "targets" in annexes:
        sections.append(_undivided(context, html, "targets"))
    if "units" in annexes:
        tables = context["unit_tables"]
        sections += [_units(context, html, tables, number) for number in range(len(tables))]
    if "activities" in annexes:
        sections.append(_activities(context, html, context["activity_tables"]))
    if "reporting" in annexes:
        sections.append(_reporting(context, html, context["reporting"]))
    return sections


def lines_in(context: Context) -> int:
    """How many rows the tables of the annexes have, which is what memory grows with."""
    targets = sum(len(group.lines) for group in context["target_lines"])
    units = sum(len(table.lines) for table in context["unit_tables"])
    activities = sum(len(table.rows) for table in context["activity_tables"])
    reporting = len(context["reporting"].faulty) if context["reporting"] else 0
    return targets + units + activities + reporting


def _undivided(context: Context, html: Html, name: str) -> Section:
    return Section(lines=0, html=lambda _first, _last: html({**context, "shown": (name,)}))


def _units(context: Context, html: Html, tables: tuple[UnitTable, ...], number: int) -> Section:
    table = tables[number]

    def part(first: int, last: int) -> str:
        shown = replace(table, lines=table.lines[first:last])
        begins, ends = number == 0 and first == 0, number == len(tables) - 1 and last == len(table.lines)
        return html({**_sliced(context, "units", first, begins, ends), "unit_tables": (shown,)})

    return Section(lines=len(table.lines), html=part)


def _activities(context: Context, html: Html, tables: list[ActivityTable]) -> Section:
    count = sum(len(table.rows) for table in tables)

    def part(first: int, last: int) -> str:
        shown, before = [], 0
        for table in tables:
            start, stop = max(first - before, 0), min(last - before, len(table.rows))
            if start < stop:
                shown.append(replace(table, rows=table.rows[start:stop], before=before, first=start))
            before += len(table.rows)
        return html({**_sliced(context, "activities", first, first == 0, last == count), "activity_tables": shown})

    return Section(lines=count, html=part)


def _reporting(context: Context, html: Html, tables: ReportingTables) -> Section:
    count = len(tables.faulty)

    def part(first: int, last: int) -> str:
        shown = replace(tables, faulty=tables.faulty[first:last])
        return html({**_sliced(context, "reporting", first, first == 0, last == count), "reporting": shown})

    return Section(lines=count, html=part)


def _sliced(context: Context, name: str, first: int, begins: bool, ends: bool) -> Context:
    """The context of one section's lines from ``first`` on; its heading and its note only where it begins and ends."""
    return {**context, "shown": (name,), "in_parts": True, "first": first, "begins": begins, "ends": ends}
