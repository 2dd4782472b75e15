"""The fields of a month's form by their names: what each says of what is stored, and what a page was made from."""

import json
from typing import Any

from plans.enums import Topic

from .entries import FIGURE_FIELDS
from .figures import written
from .sheet import Line, Sheet

YES, NO = "yes", "no"
TICKED = "1"


def field_name(indicator_id: int, name: str) -> str:
    """The name of a field of an indicator, as in the page."""
    return f"i{indicator_id}-{name}"


def part_of(name: str) -> str:
    """What a field belongs to: the id of its indicator, or a text's own name."""
    return name if name.startswith("t-") else name.removeprefix("i").partition("-")[0]


def typed_of(line: Line) -> dict[str, str]:
    """Field → how a person would type what is stored of the line; ``note`` is always among them, and every tick."""
    entry = line.entry
    said = {
        "amount": written(entry.amount),
        "numerator": written(entry.numerator),
        "denominator": written(entry.denominator),
        "is_done": {True: YES, False: NO, None: ""}[entry.is_done],
        "done_on": str(entry.done_on or ""),
        "note": entry.note,
    }
    ticks = {offer.field: TICKED if offer.taken is not None else "" for offer in line.ticked_offers}
    return {name: said[name] for name in (*FIGURE_FIELDS[line.indicator.kind], "note")} | ticks


def stored_in(sheet: Sheet) -> dict[str, str]:
    """Name → what every field of the form says, as the browser would send it back."""
    fields = {
        field_name(line.indicator.pk, name): text
        for line in sheet.lines
        if line.done_before is None
        for name, text in typed_of(line).items()
    }
    return fields | {f"t-{topic}": sheet.narratives.get(topic, "") for topic in Topic.values}


def base_of(sheet: Sheet) -> str:
    """What a page made from the sheet remembers of it: the fields that are not blank, as JSON."""
    return json.dumps({name: text for name, text in stored_in(sheet).items() if text}, ensure_ascii=False)


def read_base(sent: str) -> dict[str, str]:
    """What the page remembered; nothing where no page of ours wrote it."""
    try:
        found: Any = json.loads(sent or "{}")
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(text) for name, text in found.items()} if isinstance(found, dict) else {}
