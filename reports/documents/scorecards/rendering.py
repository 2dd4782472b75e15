"""A scorecard as HTML and as PDF of exactly one page: type grows smaller first, then the table is cut, in words."""

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
LONGEST_NAME, LONGEST_CONTENT = 90, 110
MEASURE = 160.0  # mm between the margins of the upright sheet


@dataclass(frozen=True)
class Fit:
    """One way to set the page: the size of its type, how many targets (null: all) and activities at most."""

    size: str
    targets: int | None
    activities: int
    holds: int  # with more targets than this there is no use in trying


FITS = (
    Fit("", None, 6, 12),
    Fit("close", None, 4, 22),
    Fit("close single", None, 4, 32),
    Fit("tight single", None, 3, 48),
    Fit("tight single", 36, 2, 10_000),
    Fit("tight single", 24, 1, 10_000),
    Fit("tight single", 12, 0, 10_000),
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
        if len(card.rows) > fit.holds:
            continue
        pdf = to_pdf(card_sheet(card, fit), **told)
        if paper.page_count(pdf) == 1:
            return pdf
    raise paper.PaperError(f"The scorecard of {card.unit} fits no page.")


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
        "marks": list(zip(card.months, card.marks, strict=True)),
        "month_width": f"{MEASURE / max(len(card.months), 1):.3f}",
        "counted": {name: card.reporting.get(name, 0) for name in ("on_time", "late", "missing")},
        "activities": [(row, cut(row.name, LONGEST_NAME)) for row in card.activities[: fit.activities]],
        "more_activities": len(card.activities) - min(len(card.activities), fit.activities),
    }


def kept(rows: tuple[ScoreRow, ...], most: int | None) -> list[ScoreRow]:
    """At most so many rows in their order, the most telling ones."""
    if most is None or len(rows) <= most:
        return list(rows)
    weight = {status: place for place, status in enumerate(LEAST_TELLING)}
    telling = sorted(range(len(rows)), key=lambda n: (-rows[n].judged, -weight[rows[n].row.status], n))
    return [rows[n] for n in sorted(telling[:most])]


def cut(text: str, longest: int) -> str:
    """The text, or its beginning up to a whole word and an ellipsis."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:-–") + "…"


def _line(number: int, score: ScoreRow) -> dict[str, Any]:
    row = score.row
    return {
        "number": number,
        "clause": row.clause,
        "content": cut(row.content, LONGEST_CONTENT),
        "measure": "%" if row.measured == "ratio" else row.measure,
        "bounds": words.target_text(row) if score.judged else words.MISSING,
        "figure": words.figure_text(row.to_date),
        "percent": words.percent_text(row.percent) if row.percent is not None else words.MISSING,
        "verdict": words.verdict_text(row) if score.judged else ADDS_UP,
        "carried": row.to_date.carried,
    }
