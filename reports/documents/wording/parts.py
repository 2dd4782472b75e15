"""Which words of a periodic report people may write, and how they stand in a text field. Pure.

What the portal says of its figures (whose reports are counted, n of N targets, tables, annexes) is none of them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from plans.sources.composing import composed
from reports.documents.context import PeriodicReport
from reports.documents.words import opening_text

Words = dict[str, tuple[str, ...]]

OPENING, STRENGTHS, WEAKNESSES, CAUSES, TASKS = "opening", "strengths", "weaknesses", "causes", "tasks"
# Without them the paper would begin with nothing, or have a heading over nothing.
REQUIRED = frozenset({OPENING, TASKS})

# A blank line parts paragraphs, and so does a line that begins as an item of a list.
_PARTED = re.compile(r"\n\s*\n|\n(?=[ \t]*[-+–•*] )")


@dataclass(frozen=True)
class Part:
    """A part under the heading that it has in a draft: "1. Ưu điểm" in "II. Đánh giá chung"."""

    key: str
    group: str
    name: str


def parts_of(report: PeriodicReport) -> tuple[Part, ...]:
    """Return the parts in the order of the paper, in the paper's own words."""
    results = f"I. Kết quả thực hiện {report.span.label}"
    judged = "II. Đánh giá chung"
    topics = [
        Part(topic.code, results, f"{number}. {topic.heading}") for number, topic in enumerate(report.topics, start=1)
    ]
    return (
        Part(OPENING, "Phần mở đầu", "Đoạn mở đầu"),
        *topics,
        Part(STRENGTHS, judged, "1. Ưu điểm"),
        Part(WEAKNESSES, judged, "2. Hạn chế"),
        Part(CAUSES, judged, "3. Nguyên nhân"),
        Part(TASKS, f"III. Nhiệm vụ trọng tâm {report.span.next_label}", "Các nhiệm vụ"),
    )


def words_of(report: PeriodicReport) -> Words:
    """Return what the report says in each part, paragraph by paragraph."""
    return as_words(
        {
            OPENING: report.opening or (opening_text(report),),
            **{topic.code: topic.paragraphs for topic in report.topics},
            STRENGTHS: report.strengths,
            WEAKNESSES: report.weaknesses,
            CAUSES: report.causes,
            TASKS: report.tasks,
        }
    )


def with_words(report: PeriodicReport, words: Mapping[str, tuple[str, ...]]) -> PeriodicReport:
    """Return the report with these words in the parts that are named, everything else as it is."""
    said = words_of(report) | dict(words)
    return replace(
        report,
        opening=() if said[OPENING] == _on_one_line([opening_text(report)]) else said[OPENING],
        topics=tuple(replace(topic, paragraphs=said[topic.code]) for topic in report.topics),
        strengths=said[STRENGTHS],
        weaknesses=said[WEAKNESSES],
        causes=said[CAUSES],
        tasks=said[TASKS],
    )


def as_words(texts: Mapping[str, Sequence[str]]) -> Words:
    """Return the words as they are compared and kept: no line ends within a paragraph, no empty paragraph."""
    return {key: _on_one_line(paragraphs) for key, paragraphs in texts.items()}


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Return the paragraphs of what was typed: NFC, without marks that control or show nothing."""
    return _on_one_line(_PARTED.split(composed(text)[0]))


def text_of(paragraphs: Iterable[str]) -> str:
    """Return the paragraphs as a text field shows them, with a blank line between."""
    return "\n\n".join(paragraphs)


def _on_one_line(paragraphs: Iterable[str]) -> tuple[str, ...]:
    lines = (" ".join(paragraph.split()) for paragraph in paragraphs)
    return tuple(line for line in lines if line)
