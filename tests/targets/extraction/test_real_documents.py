"""The two real documents with labels made by hand: what is found of them, and no trap taken."""

import json
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from plans.outline.read import read_outline
from targets.extraction import ProposedTarget, read_targets

DOCUMENTS = Path(__file__).resolve().parents[4] / "shared" / "documents"
PAIRS = [("000_9fbbae45f2c0925f.txt", "seed-000.json"), ("004_12ba76813e760e73.txt", "seed-004.json")]
pytestmark = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the real documents are not at hand")


def loaded(name: str, labels: str) -> tuple[str, dict[str, Any], list[ProposedTarget]]:
    text = unicodedata.normalize("NFC", (DOCUMENTS / name).read_text())
    made = json.loads(unicodedata.normalize("NFC", (DOCUMENTS / "labels" / labels).read_text()))
    return text, made, list(read_targets(read_outline(text)).proposals)


def places(text: str, labels: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Where each quotation stands: the second of two equal ones at the second place."""
    taken: set[int] = set()
    found = []
    for label in labels:
        start = text.find(label["quote"])
        while start in taken:
            start = text.find(label["quote"], start + 1)
        taken.add(start)
        found.append((start, start + len(label["quote"])))
    return found


def fits(label: dict[str, Any], place: tuple[int, int], target: ProposedTarget) -> bool:
    bounds = {(made["low"], made["high"]) for made in (label, label.get("alt") or label)}
    figure = (target.figure.low, target.figure.high)
    return target.start < place[1] and place[0] < target.end and figure in bounds


def is_soft(label: dict[str, Any]) -> bool:
    return any(label.get(mark) for mark in ("optional", "nested", "qualitative"))


@pytest.mark.parametrize(("name", "labels"), PAIRS)
def test_every_target_is_found_with_its_unit_and_nothing_else_is(name, labels):
    text, made, proposals = loaded(name, labels)
    where = places(text, made["targets"])
    free = list(proposals)
    ordered = sorted(zip(made["targets"], where, strict=True), key=lambda pair: is_soft(pair[0]))
    for label, place in ordered:
        hit = next((target for target in free if fits(label, place, target)), None)
        if hit:
            free.remove(hit)
        if not is_soft(label):
            assert hit is not None, label["quote"]
            assert shared(label["unit"], hit.figure.unit) >= Decimal("0.5"), (label["unit"], hit.figure.unit)
    assert [text[target.start : target.end] for target in free] == []


def shared(one: str, other: str) -> Decimal:
    first, second = (set(words.lower().replace(",", " ").split()) for words in (one, other))
    return Decimal(len(first & second)) / max(len(first), len(second), 1)


@pytest.mark.parametrize(("name", "labels"), PAIRS)
def test_no_trap_is_taken(name, labels):
    text, made, proposals = loaded(name, labels)
    for start, end in places(text, made["non_targets"]):
        assert [text[t.start : t.end] for t in proposals if t.start < end and start < t.end] == []


def test_the_contradictions_of_the_resolution():
    text = unicodedata.normalize("NFC", (DOCUMENTS / PAIRS[0][0]).read_text())
    found = {contradiction.kind for contradiction in read_targets(read_outline(text)).contradictions}
    assert found == {"over_range", "at_least_range"}


def test_restatements_of_the_resolution():
    text = unicodedata.normalize("NFC", (DOCUMENTS / PAIRS[0][0]).read_text())
    proposals = read_targets(read_outline(text)).proposals
    again = [
        (index, proposals[index].restates) for index in range(len(proposals)) if proposals[index].restates is not None
    ]
    assert [
        (text[proposals[index].start :][:34], text[proposals[first or 0].start :][:31]) for index, first in again
    ] == [
        ("Chỉ đạo 100% Chi đoàn cơ sở Đại hộ", "Chỉ đạo 100% chi đoàn cơ sở trự"),
        ("100% cán bộ, đoàn viên thanh niên ", "100% cán bộ, đoàn viên được học"),
        ("100% Chi đoàn cơ sở trực thuộc Đoà", "Chỉ đạo 100% chi đoàn cơ sở trự"),
    ]
