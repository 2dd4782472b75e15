"""The two real documents, held against the labels that were made by hand."""

import json
from pathlib import Path
from unicodedata import normalize

import pytest

from activities.extraction import ActivityReading, ProposedActivity, read_activities
from plans.outline.read import read_outline

DOCUMENTS = Path(__file__).resolve().parents[4] / "shared" / "documents"
CASES = [("000_9fbbae45f2c0925f.txt", "seed-000.json"), ("004_12ba76813e760e73.txt", "seed-004.json")]

pytestmark = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the real documents are not part of the project")


def read(document: str, labels: str) -> tuple[str, ActivityReading, list[dict[str, object]]]:
    text = normalize("NFC", (DOCUMENTS / document).read_text(encoding="utf-8"))
    labelled = json.loads((DOCUMENTS / "labels" / labels).read_text(encoding="utf-8"))["activities"]
    return text, read_activities(read_outline(text)), labelled


def spans(label: dict[str, object]) -> list[tuple[object, object]]:
    alternative = label.get("alt")
    others = [(alternative["start"], alternative["end"])] if isinstance(alternative, dict) else []
    return [(label["start"], label["end"]), *others]


def span(one: ProposedActivity) -> tuple[str | None, str | None]:
    if not one.windows:
        return None, None
    return str(min(window.starts_on for window in one.windows)), str(max(window.ends_on for window in one.windows))


@pytest.mark.parametrize(("document", "labels"), CASES)
def test_every_activity_is_found_with_its_time_and_nothing_else(document: str, labels: str) -> None:
    text, reading, labelled = read(document, labels)
    left = list(reading.proposals)
    for label in labelled:
        start = text.index(normalize("NFC", str(label["quote"])))
        end = start + len(str(label["quote"]))
        match = next((one for one in left if one.start < end and start < one.end and span(one) in spans(label)), None)
        assert match is not None, label["quote"]
        assert (match.tentative, match.repeats) == (label["tentative"], label.get("count", 1))
        left.remove(match)
    assert [one.name for one in left] == []


def test_the_contradictions_of_the_two_documents() -> None:
    kinds = [sorted(one.kind for one in read(*case)[1].contradictions) for case in CASES]
    assert kinds == [["outside_quarter", "two_times"], ["wrong_year"]]
