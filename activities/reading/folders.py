"""A folder of documents with labels made by hand: which labels belong to which file.

The folder holds documents and ``labels/*.json``; either may stand in ``documents/`` instead. Labels belong to the
document of the same name without its ending; else to the one whose name begins with the same number ("seed-004.json":
"004_….txt").
"""

import json
import re
from pathlib import Path
from typing import Any

_DOCUMENTS = {".txt", ".md", ".docx", ".pdf", ".doc"}
_NUMBER = re.compile(r"\d+")


class FolderRefused(Exception):
    """The folder is not laid out as it should be; the text says how."""


def labelled_documents(folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    """Return every document that has labels, with them, by name. Raises FolderRefused where something does not fit."""
    documents = _documents(folder)
    pairs = []
    labels = [place for place in (folder / "labels", folder / "documents" / "labels") if place.is_dir()]
    for path in sorted(path for place in labels for path in place.glob("*.json")):
        written = _written(path)
        names = [name for name in (written.get("doc"), path.stem) if isinstance(name, str) and name]
        pairs.append((_document_of(names, documents), written))
    if not pairs:
        raise FolderRefused(f"There are no labels in {folder / 'labels'}.")
    return sorted(pairs, key=lambda pair: pair[0].name)


def _documents(folder: Path) -> list[Path]:
    places = [place for place in (folder, folder / "documents") if place.is_dir()]
    found = [path for place in places for path in place.iterdir() if path.suffix.lower() in _DOCUMENTS]
    return sorted(path for path in found if path.is_file())


def _written(path: Path) -> dict[str, Any]:
    try:
        written = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as broken:
        raise FolderRefused(f"{path} is not JSON: {broken}") from broken
    if not isinstance(written, dict):
        raise FolderRefused(f"{path} does not hold an object.")
    return written


def _document_of(names: list[str], documents: list[Path]) -> Path:
    fits = [path for path in documents if path.stem in names or path.name in names]
    if not fits:
        fits = [path for path in documents if any(_same_number(name, path.stem) for name in names)]
    if len(fits) != 1:
        several = ", ".join(path.name for path in fits) or "none"
        raise FolderRefused(f"The labels {' / '.join(names)} should belong to one document: {several}.")
    return fits[0]


def _same_number(name: str, stem: str) -> bool:
    number, start = _NUMBER.search(name), _NUMBER.match(stem)
    return bool(number and start and int(number[0]) == int(start[0]))
