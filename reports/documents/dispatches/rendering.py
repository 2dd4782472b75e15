"""A reminder dispatch as HTML and as PDF."""

import unicodedata
from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string

from core import paper
from reports.documents import layout, words

from .context import Dispatch

TEMPLATE = "reports/paper/dispatch.html"
# So many are addressed by name; more of them stand in the list only.
ADDRESSED_BY_NAME = 3


def render_html(dispatch: Dispatch) -> str:
    """The dispatch as HTML in composed (NFC) letters."""
    return unicodedata.normalize("NFC", render_to_string(TEMPLATE, template_context(dispatch)))


def render_dispatch_pdf(dispatch: Dispatch, *, on_progress: Callable[[int], None] | None = None) -> bytes:
    """The dispatch as PDF; equal ones give equal bytes. Raises core.paper.PaperError where paper cannot be made."""
    return paper.render_pdf(
        html=render_html(dispatch),
        title=document_title(dispatch),
        dated=dispatch.head.dated or dispatch.as_of,
        on_progress=on_progress,
    )


def document_title(dispatch: Dispatch) -> str:
    """The title of the file, as its bookmark and the archive show it."""
    return f"Công văn {_about(dispatch)}"


def template_context(dispatch: Dispatch) -> dict[str, Any]:
    """What the template needs beyond the dispatch itself."""
    return {
        "report": dispatch,
        "title": document_title(dispatch),
        "about": _about(dispatch),
        "addressed": [row.unit for row in dispatch.units] if len(dispatch.units) <= ADDRESSED_BY_NAME else [],
        "has_blocs": any(row.bloc for row in dispatch.units),
        "due": words.date_text(dispatch.due_on) if dispatch.due_on else "",
        "wide_date": layout.needs_wide_date(dispatch.head.place),
        "qr": layout.qr_drawing(dispatch.verification) if dispatch.verification else None,
        "closing": [
            f"{dispatch.sender_short} đề nghị các đơn vị nghiêm túc thực hiện; nếu có khó khăn, vướng mắc thì kịp thời"
            " phản ánh để được hướng dẫn."
        ],
    }


def _about(dispatch: Dispatch) -> str:
    return f"V/v đôn đốc gửi báo cáo công tác {dispatch.month_label}"
