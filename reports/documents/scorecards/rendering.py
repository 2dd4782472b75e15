"""A scorecard as HTML and as PDF of exactly one page: type grows smaller first, then names are cut, then the table.

Names stand whole as long as the page holds them in readable type, wrapped where they are longer than their column.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core import paper
from reports.documents import layout, words
from reports.documents.sheets import Sheet, sheet_of, to_pdf

from .context import Scorecard, ScoreRow

TEMPLATE, TYPE_NAME = "reports/paper/scorecard.html", "Phiếu đánh giá"
# Left out first where the page is too short: what cannot be judged yet, then what goes well.
LEAST_TELLING = ("no_data", "not_due", "on_track", "exceeded", "met", "at_risk", "behind", "missed")
ADDS_UP = "Góp chung"
MEASURE = 160.0  # mm between the margins of the upright sheet
NAMES = 192.0  # points of a line of names: rather more than its column has, so that nothing that fits goes untried
RANGE = 9  # letters of a range that stand on one line
LETTER, LEADING, PADDING = 0.44, 1.1, 3.0  # of a letter and a line, in their type's size; of a row, in points


@dataclass(frozen=True)
class Fit:
    """One way to set the page: the classes of its style sheet, how many targets (null: all) and activities at most.

    ``points``: the size of the table's type. ``room``: the height in points that rows and activities have at most, as
    reckoned from their letters: with more there is no use in trying.
    """

    size: str
    targets: int | None
    activities: int
    points: float
    room: float = math.inf


FITS = (
    Fit("", None, 6, 11.0, 280),
    Fit("t105", None, 6, 10.5, 305),
    Fit("close t105", None, 4, 10.5, 350),
    Fit("close t10", None, 4, 10.0, 380),
    Fit("close t95", None, 4, 9.5, 395),
    Fit("tight t10", None, 4, 10.0, 485),
    Fit("tight t95", None, 4, 9.5, 515),
    Fit("tight t9", None, 3, 9.0, 520),
    Fit("tight t85", None, 2, 8.5, 490),
    Fit("tight single", None, 3, 8.0, 535),
    Fit("tight single", 36, 2, 8.0),
    Fit("tight single", 24, 1, 8.0),
    Fit("tight single", 12, 0, 8.0),
)


def card_sheet(card: Scorecard, fit: Fit = FITS[0]) -> Sheet:
    """The scorecard as a page. As it is, nothing of the targets is left out: a copy in Word has no page to fit."""
    return sheet_of(
        TEMPLATE,
        template_context(card, fit),
        title=document_title(card),
        dated=card.head.dated or card.ends_on,
        head=card.head,
        type_name=TYPE_NAME,
    )


def render_scorecard_pdf(card: Scorecard, **told: Callable[..., None] | None) -> bytes:
    """The scorecard as PDF; equal scorecards give equal bytes. Raises core.paper.PaperError where it fits no page.

    ``told`` as for ``sheets.to_pdf``; a page has no parts.
    """
    for fit in FITS:
        if height(card, fit) > fit.room:
            continue
        pdf = to_pdf(card_sheet(card, fit), **told)
        if paper.page_count(pdf) == 1:
            return pdf
    raise paper.PaperError(f"The scorecard of {card.unit} fits no page.")


def height(card: Scorecard, fit: Fit) -> float:
    """How high rows and activities come out, in points, reckoned from how many letters a line holds."""
    letters = math.inf if "single" in fit.size else NAMES / (LETTER * fit.points)
    rows = sum(_lines(score, letters) * LEADING * fit.points + PADDING for score in card.rows[: fit.targets])
    return rows + min(len(card.activities), fit.activities) * LEADING * 12


def _lines(score: ScoreRow, letters: float) -> int:
    """Of a name so many letters to a line; a wide range takes two."""
    name = f"({score.row.clause}) {score.row.content}"
    is_wide = score.judged and len(words.target_text(score.row)) > RANGE
    return max(math.ceil(len(name) / letters), 2 if is_wide else 1)


def document_title(card: Scorecard) -> str:
    """The title of the file, as its bookmark and the archive show it."""
    return f"{TYPE_NAME} {card.unit} {card.month_label}"


def template_context(card: Scorecard, fit: Fit) -> dict[str, Any]:
    """What the template needs beyond the scorecard itself."""
    shown = kept(card.rows, fit.targets)
    return {
        "report": card,
        "title": document_title(card),
        "size": fit.size,
        "wide_date": layout.needs_wide_date(card.head.place),
        "qr": layout.qr_drawing(card.verification) if card.verification else None,
        "lines": [_line(number, row) for number, row in enumerate(shown, start=1)],
        "left_out": len(card.rows) - len(shown),
        "has_carried": any(row.row.to_date.carried for row in shown),
        "marks": list(zip(card.months, card.marks, strict=True)),
        "month_width": f"{MEASURE / max(len(card.months), 1):.3f}",
        "counted": {name: card.reporting.get(name, 0) for name in ("on_time", "late", "missing", "not_due")},
        "activities": list(card.activities[: fit.activities]),
        "more_activities": len(card.activities) - min(len(card.activities), fit.activities),
    }


def kept(rows: tuple[ScoreRow, ...], most: int | None) -> list[ScoreRow]:
    """At most so many rows in their order, the most telling ones."""
    if most is None or len(rows) <= most:
        return list(rows)
    weight = {status: place for place, status in enumerate(LEAST_TELLING)}
    telling = sorted(range(len(rows)), key=lambda n: (-rows[n].judged, -weight[rows[n].row.status], n))
    return [rows[n] for n in sorted(telling[:most])]


def _line(number: int, score: ScoreRow) -> dict[str, Any]:
    row = score.row
    return {
        "number": number,
        "clause": row.clause,
        "content": row.content,
        "measure": "%" if row.measured == "ratio" else row.measure,
        "bounds": words.target_text(row) if score.judged else words.MISSING,
        "figure": words.figure_text(row.to_date),
        "percent": words.percent_text(row.percent) if row.percent is not None else words.MISSING,
        "verdict": words.verdict_text(row) if score.judged else ADDS_UP,
    }
