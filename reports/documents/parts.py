"""A page cut into the sections that can be set one after the other, and those into lines, for all kinds of paper.

What stands in a part is decided here and by the kind; how it looks is the template's business, as for the whole. A
template that can be cut shows a section if its name is among `shown`, heading and note of a section that is divided
where `begins` and `ends` say so, and where `in_parts` gives its lines the ids that ``core.paper_parts`` asks for.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from core.paper_parts import Section

from .layout import NumberedRows, UnitTable

Context = dict[str, Any]
Html = Callable[[Context], str]
SectionsOf = Callable[[Context, Html], list[Section]]


def whole(*names: str) -> Context:
    """What a template shows that is set at once: all sections, from heading to note."""
    return {"shown": names, "in_parts": False, "first": 0, "begins": True, "ends": True}


def undivided(context: Context, html: Html, name: str) -> Section:
    """A section that is never divided."""
    return Section(lines=0, html=lambda _first, _last: html({**context, "shown": (name,)}))


def sliced(context: Context, name: str, first: int, *, begins: bool, ends: bool) -> Context:
    """The context of one section's lines from ``first`` on; its heading and its note only where it begins and ends."""
    return {**context, "shown": (name,), "in_parts": True, "first": first, "begins": begins, "ends": ends}


def by_unit(context: Context, html: Html, name: str) -> list[Section]:
    """A section for each of the context's ``unit_tables``: every table begins on a new sheet."""
    return [_unit_table(context, html, name, number) for number in range(len(context["unit_tables"]))]


def _unit_table(context: Context, html: Html, name: str, number: int) -> Section:
    tables: tuple[UnitTable, ...] = context["unit_tables"]
    table = tables[number]

    def part(first: int, last: int) -> str:
        shown = replace(table, lines=table.lines[first:last])
        begins, ends = number == 0 and first == 0, number == len(tables) - 1 and last == len(table.lines)
        return html({**sliced(context, name, first, begins=begins, ends=ends), "unit_tables": (shown,)})

    return Section(lines=len(table.lines), html=part)


def by_group(context: Context, html: Html, name: str, groups: str) -> Section:
    """A section of one table: the rows of the context's ``groups``, which ``layout.numbered_through`` has numbered."""
    numbered: NumberedRows = context[groups]
    count = sum(len(rows) for _heading, rows in numbered)

    def part(first: int, last: int) -> str:
        shown = {groups: _rows_between(numbered, first, last)}
        return html({**sliced(context, name, first, begins=first == 0, ends=last == count), **shown})

    return Section(lines=count, html=part)


def _rows_between(groups: NumberedRows, first: int, last: int) -> NumberedRows:
    """Rows whose number is above the first, up to the last; a group that began before them has no heading again."""
    shown = []
    for heading, rows in groups:
        kept = [row for row in rows if first < row[0] <= last]
        if kept:
            shown.append((heading if kept[0] == rows[0] else "", kept))
    return shown
