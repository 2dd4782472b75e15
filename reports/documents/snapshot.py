"""Frozen dataclasses to plain JSON and back, without loss.

Decimals and dates become strings, tuples become lists. Reading back goes by the type hints, so a snapshot that does not
fit its dataclass is refused and never half read. Fields added later need a default: then old snapshots still open.
"""

import types
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

# Raised when stored snapshots could no longer be read by their type hints alone.
VERSION = 1


class SnapshotError(ValueError):
    """The stored JSON is not a snapshot of the dataclass asked for."""


def freeze(name: str, value: Any) -> dict[str, Any]:
    """Plain JSON of a whole paper, under its name."""
    return {"version": VERSION, name: to_plain(value)}


def thaw(name: str, expected: Any, snapshot: dict[str, Any]) -> Any:
    """Equal to what was frozen. Raises SnapshotError for another version, another name or another shape."""
    if snapshot.get("version") != VERSION:
        raise SnapshotError(f"A snapshot of version {VERSION} was expected.")
    return from_plain(expected, snapshot.get(name))


def to_plain(value: Any) -> Any:
    """The value as JSON knows it. Raises SnapshotError for a type that would not come back."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or type(value) in (bool, int, str):
        return value
    if isinstance(value, str):  # members of text vocabularies are kept as what they are in the database
        return str.__str__(value)
    raise SnapshotError(f"A snapshot cannot keep a {type(value).__name__}.")


def from_plain(expected: Any, plain: Any) -> Any:
    """The value of the type `expected`. Raises SnapshotError where the JSON does not fit it."""
    origin = get_origin(expected)
    if is_dataclass(expected):
        return _dataclass_from(expected, plain)
    if origin is tuple:
        if not isinstance(plain, list):
            raise SnapshotError(f"A list was expected, not {plain!r:.80}.")
        return tuple(from_plain(get_args(expected)[0], item) for item in plain)
    if origin in (Union, types.UnionType):
        return None if plain is None else from_plain(_other_than_none(expected), plain)
    if origin is Literal:
        if plain in get_args(expected):
            return plain
        raise SnapshotError(f"{plain!r:.80} is not one of {get_args(expected)}.")
    return _scalar_from(expected, plain)


def _dataclass_from(cls: Any, plain: Any) -> Any:
    if not isinstance(plain, dict):
        raise SnapshotError(f"{cls.__name__} was expected, not {plain!r:.80}.")
    hints = _hints(cls)
    unknown = set(plain) - set(hints)
    missing = {f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING} - set(plain)
    if unknown or missing:
        raise SnapshotError(f"{cls.__name__}: unknown {sorted(unknown)}, missing {sorted(missing)}.")
    return cls(**{name: from_plain(hints[name], value) for name, value in plain.items()})


def _scalar_from(expected: Any, plain: Any) -> Any:
    if expected in (Decimal, date) and isinstance(plain, str):
        try:
            return Decimal(plain) if expected is Decimal else date.fromisoformat(plain)
        except (InvalidOperation, ValueError) as error:
            raise SnapshotError(f"{plain!r:.80} is no {expected.__name__}.") from error
    if type(plain) is expected:
        return plain
    raise SnapshotError(f"A {expected.__name__} was expected, not {plain!r:.80}.")


def _other_than_none(expected: Any) -> Any:
    return next(option for option in get_args(expected) if option is not types.NoneType)


@cache
def _hints(cls: Any) -> dict[str, Any]:
    return get_type_hints(cls)
