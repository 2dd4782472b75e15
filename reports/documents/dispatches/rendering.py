"""A reminder dispatch as a page."""

from collections.abc import Callable
from typing import Any

from reports.documents import layout, words
from reports.documents.sheets import Sheet, sheet_of, to_pdf

from .context import Dispatch

TEMPLATE, TYPE_NAME = "reports/paper/dispatch.html", "Công văn"
# So many are addressed by name; more of them stand in the list only.
ADDRESSED_BY_NAME = 3


def dispatch_sheet(dispatch: Dispatch) -> Sheet:
    """The dispatch and its list as they are printed."""
    return sheet_of(
        TEMPLATE,
        template_context(dispatch),
        title=document_title(dispatch),
        dated=dispatch.head.dated or dispatch.as_of,
        head=dispatch.head,
        type_name=TYPE_NAME,
    )


def render_dispatch_pdf(dispatch: Dispatch, *, on_progress: Callable[[int], None] | None = None) -> bytes:
    """The dispatch as PDF; equal ones give equal bytes. Raises core.paper.PaperError where paper cannot be made."""
    return to_pdf(dispatch_sheet(dispatch), on_progress=on_progress)


def document_title(dispatch: Dispatch) -> str:
    """The title of the file, as its bookmark and the archive show it."""
    return f"{TYPE_NAME} {_about(dispatch)}"


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
