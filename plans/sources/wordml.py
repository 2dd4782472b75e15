"""Small things that every reader of WordprocessingML asks: values, switches, children through their wrappers."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from docx.oxml.ns import qn as _qn

qn = cache(_qn)  # asked several times for every element

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES = f"{_COMPATIBILITY}AlternateContent"
_DELETED = {qn("w:del"), qn("w:moveFrom")}


def value(parent: Any | None, tag: str) -> str:
    """Return ``w:val`` of a child; "" where either is missing."""
    found = parent.find(qn(tag)) if parent is not None else None
    return "" if found is None else found.get(qn("w:val"), "")


def is_on(parent: Any | None, tag: str) -> bool:
    """Whether a switch stands there and is not switched off."""
    found = parent.find(qn(tag)) if parent is not None else None
    return found is not None and found.get(qn("w:val"), "1") not in {"0", "false", "off"}


def whole(text: str | None) -> int:
    """Return a whole number of at most nine digits; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def by_id(root: Any | None, tag: str, key: str) -> dict[str, Any]:
    """Return the children of one kind by their id."""
    return {} if root is None else {one.get(qn(key), ""): one for one in root.findall(qn(tag))}


def chosen(alternatives: Any) -> Any:
    """Return the one of several forms of the same content that Word shows: the first."""
    return alternatives[0] if len(alternatives) else alternatives


def through(parent: Any, *tags: str) -> Iterator[Any]:
    """Yield the nearest elements of these kinds below ``parent``, through content controls and tracked insertions."""
    wanted = {qn(tag) for tag in tags}
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag == ALTERNATIVES:
            yield from through(chosen(child), *tags)
        elif isinstance(child.tag, str) and child.tag not in _DELETED:
            yield from through(child, *tags)
