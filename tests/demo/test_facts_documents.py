"""The demonstration facts against the two real documents: the same figures and times, other words.

The documents and their labels are read from beside the repository; what needs them is skipped
where they are absent.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from doan_portal.demo.facts.indicators import INDICATORS
from doan_portal.demo.facts.orientation_kgi import ORIENTATION
from doan_portal.demo.facts.people import OFFICERS_ABOVE, PEOPLE
from doan_portal.demo.facts.resolution_qna import RESOLUTION
from doan_portal.demo.facts.shapes import PlanFact, TargetFact, WindowFact
from doan_portal.demo.facts.units import BLOCS, UNITS, UPPER_BODIES

REPOSITORY = Path(__file__).resolve().parents[2]
DOCUMENTS = REPOSITORY.parent / "shared" / "documents"
PLANS = (RESOLUTION, ORIENTATION)
LABELS_OF = {RESOLUTION.symbol: "seed-000.json", ORIENTATION.symbol: "seed-004.json"}
LABEL_PRECISIONS = {"range": "months"}

needs_documents = pytest.mark.skipif(
    not (DOCUMENTS / "labels").is_dir(), reason=f"the real documents are not at {DOCUMENTS}"
)
each_plan = pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.issuer)


def labels(plan: PlanFact) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((DOCUMENTS / "labels" / LABELS_OF[plan.symbol]).read_text("utf-8"))
    return read


# --- True to the documents ---


def encoded(label: dict[str, Any], fact: TargetFact) -> tuple[int | None, int | None, int | None]:
    """(minimum, maximum, required share) that the table of `domain.md` makes of a label's figure."""
    share = 100 if fact.carried_by.startswith("each_") else None
    low, high = label["low"], label["high"]
    if label["comparator"] == "percent":
        return (fact.minimum, None, low) if fact.carried_by == "each_unit" else (low, None, None)
    if label["comparator"] == "range":
        return low, high, share
    if label["comparator"] == "exactly" and low == 0:
        return None, 0, share
    if label["unit"] == "lần/tháng":
        return 12 * low, None, share
    return low, None, share


@needs_documents
@each_plan
def test_labels_every_target_is_there_once_with_the_labels_figures(plan: PlanFact) -> None:
    wanted = labels(plan)["targets"]
    assert sorted(t.label_quote_index for t in plan.targets) == list(range(len(wanted)))
    for fact in plan.targets:
        label = wanted[fact.label_quote_index]
        assert (fact.minimum, fact.maximum, fact.required_share) == encoded(label, fact), fact.code
        if plan is RESOLUTION:
            assert fact.code.rstrip("abc") == label["item"]


@needs_documents
def test_labels_due_dates_are_the_documents() -> None:
    wanted = labels(RESOLUTION)["targets"]
    dated = {t.code: t.due_on for t in RESOLUTION.targets if t.due_on != RESOLUTION.ends_on}
    assert dated == {code: date(2024, 6, 30) for code in ("1.2", "2.2", "II.5")}
    for fact in RESOLUTION.targets:
        due = wanted[fact.label_quote_index].get("due")
        assert due is None or date.fromisoformat(due) == fact.due_on


@needs_documents
def test_labels_restated_congress_is_the_labels_duplicate() -> None:
    for fact in RESOLUTION.targets:
        original = labels(RESOLUTION)["targets"][fact.label_quote_index].get("duplicate_of")
        assert original is None or fact.restates == original


@needs_documents
def test_labels_populations_are_the_documents() -> None:
    kinds_of = {
        "chi đoàn cơ sở": {"grassroots_branch"},
        "chi đoàn cơ sở trực thuộc": {"grassroots_branch"},
        "đoàn cơ sở": {"grassroots_union"},
        "cơ sở đoàn": {"grassroots_union", "grassroots_branch"},
        "tổ chức cơ sở đoàn": {"grassroots_union", "grassroots_branch"},
    }
    wanted = labels(RESOLUTION)["targets"]
    for fact in RESOLUTION.targets:
        population = wanted[fact.label_quote_index].get("of", "").casefold()
        if population:
            assert set(fact.carrier_kinds) == kinds_of.get(population, set()), fact.code


def spans(label: dict[str, Any]) -> list[tuple[str, str]]:
    if label.get("periods"):
        return [tuple(period) for period in label["periods"]]
    return [(label["start"], label["end"])] if label["start"] else []


def of(windows: tuple[WindowFact, ...]) -> list[tuple[str, str]]:
    return [(w.starts_on.isoformat(), w.ends_on.isoformat()) for w in windows]


@needs_documents
@each_plan
def test_labels_every_activity_is_there_once_with_the_labels_times(plan: PlanFact) -> None:
    wanted = labels(plan)["activities"]
    assert [a.label_index for a in plan.activities] == list(range(len(wanted)))
    for activity in plan.activities:
        label = wanted[activity.label_index]
        assert of(activity.windows) == spans(label), activity.code
        assert activity.tentative == label["tentative"]
        assert activity.repeats == label.get("count", 1)
        if len(activity.windows) == 1:
            precision = LABEL_PRECISIONS.get(label["precision"], label["precision"])
            assert activity.windows[0].precision == precision, activity.code


@needs_documents
@each_plan
def test_labels_head_is_the_documents(plan: PlanFact) -> None:
    head = labels(plan)["meta"]
    assert (plan.symbol, plan.issued_on.isoformat(), plan.starts_on.year) == (
        head["number"],
        head["date"],
        head["year"],
    )


# --- Words of our own ---


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())


def without_names(text: str) -> list[str]:
    """The words of `text`, each official name of an upper body taken as one word."""
    joined = f" {' '.join(words(text))} "
    for body in UPPER_BODIES:
        joined = joined.replace(f" {' '.join(words(body.name))} ", f" {body.code} ")
    return joined.split()


def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    said = without_names(text)
    return {tuple(said[start : start + length]) for start in range(len(said) - length + 1)}


def strings(value: object) -> Iterator[str]:
    """Every string in a tree of facts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from strings(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name))


ALL_FACTS = (PLANS, UNITS, BLOCS, INDICATORS, PEOPLE, OFFICERS_ABOVE)


def test_words_runs_find_a_copied_sentence() -> None:
    sentence = "Một hai ba bốn, năm sáu bảy tám chín."
    assert runs(sentence) & runs("Rồi một hai ba bốn năm sáu bảy TÁM nữa")
    assert not runs(sentence) & runs("Rồi một hai ba bốn năm sáu bảy nữa tám")


@needs_documents
def test_words_no_eight_in_a_row_are_the_documents() -> None:
    source: set[tuple[str, ...]] = set()
    for document in sorted(DOCUMENTS.glob("*.txt")):
        source |= runs(document.read_text("utf-8"))
    assert len(source) > 5000
    copied = sorted({" ".join(run) for text in strings(ALL_FACTS) for run in runs(text) & source})
    assert copied == []


def test_words_are_composed_and_clean() -> None:
    for text in strings(ALL_FACTS):
        assert text == unicodedata.normalize("NFC", text)
        assert text == text.strip()
        assert "  " not in text
