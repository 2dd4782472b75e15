"""A reading as the JSON that ``manage.py read_document`` prints and other programs read.

Offsets are into ``text``, and ``text[start:end]`` is ``quote`` always. Numbers are JSON numbers, days are ISO dates,
what is not there is null.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from activities.extraction import ProposedActivity
from plans.duties import Duty
from plans.outline.shapes import Contradiction, Head, Section
from targets.extraction import ProposedTarget

from .assembly import Reading


def as_json(reading: Reading) -> dict[str, Any]:
    """Return the reading as plain values. ``section`` of an item is its place in ``sections``, or null."""
    text = reading.outline.text
    return {
        "text": text,
        "head": _head(reading.outline.head),
        "sections": [_section(section) for section in reading.outline.sections],
        "targets": [_target(text, target) for target in reading.targets.proposals],
        "activities": [_activity(text, activity) for activity in reading.activities.proposals],
        "deadlines": [_duty(text, duty) for duty in reading.duties],
        "contradictions": [_contradiction(text, one) for one in reading.contradictions],
    }


def _head(head: Head) -> dict[str, Any]:
    return {
        "issuer": head.issuer,
        "superior": head.superior,
        "number": head.number,
        "place": head.place,
        "dated": _day(head.dated),
        "kind": head.kind,
        "title": head.title,
        "starts_on": _day(head.starts_on),
        "ends_on": _day(head.ends_on),
        "recipients": list(head.recipients),
        "signer": head.signer,
    }


def _section(section: Section) -> dict[str, Any]:
    return {"number": section.number, "heading": section.heading, "start": section.start, "end": section.end}


def _target(text: str, target: ProposedTarget) -> dict[str, Any]:
    figure = target.figure
    return {
        **_place(text, target.start, target.end),
        "section": target.section,
        "figure": {
            "comparator": str(figure.comparator),
            "low": _number(figure.low),
            "high": _number(figure.high),
            "unit": figure.unit,
            "population": figure.population,
        },
        "indicator": target.indicator.name if target.indicator else target.indicator_name or None,
        "kind": str(target.kind),
        "carried_by": str(target.carried_by),
        "minimum": _number(target.minimum),
        "maximum": _number(target.maximum),
        "required_share": _number(target.required_share),
        "due_on": _day(target.due_on),
        "doubts": _doubts(target.doubts),
    }


def _activity(text: str, activity: ProposedActivity) -> dict[str, Any]:
    return {
        **_place(text, activity.start, activity.end),
        "time_quote": text[activity.time[0] : activity.time[1]] if activity.time else None,
        "windows": [
            {
                "starts_on": window.starts_on.isoformat(),
                "ends_on": window.ends_on.isoformat(),
                "precision": str(window.precision),
            }
            for window in activity.windows
        ],
        "tentative": activity.tentative,
        "scope": str(activity.scope),
        "section": activity.section,
        "doubts": _doubts(activity.doubts),
    }


def _duty(text: str, duty: Duty) -> dict[str, Any]:
    when = {"due_on": _day(duty.due_on)} if duty.due_on else {"recurring": duty.recurring}
    return {**_place(text, duty.start, duty.end), **when}


def _contradiction(text: str, one: Contradiction) -> dict[str, Any]:
    return {"kind": one.kind, **_place(text, one.start, one.end), "says": one.says}


def _doubts(doubts: Any) -> list[dict[str, str]]:
    return [{"code": str(doubt.code), "says": doubt.says} for doubt in doubts]


def _place(text: str, start: int, end: int) -> dict[str, Any]:
    return {"quote": text[start:end], "start": start, "end": end}


def _number(value: Decimal | int | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
