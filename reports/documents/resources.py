"""The register as it is looked at, as rows of a workbook: out only."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.status_looks import look
from core.workbooks import Column, DateCell, PortalResource, TextCell, WholeCell

from .models import OfficialDocument

# More than any body issues in years; what is beyond is left out, as a line at the end says.
MOST_ROWS = 5000


class RegisterResource(PortalResource):
    """One row is one document; ``subjects`` come ``with_replacements``."""

    order = Column("order", gettext_lazy("No."), WholeCell(), width=6)
    number = Column("number", gettext_lazy("Number and symbol"), TextCell(longest=60), width=18)
    dated = Column("dated", gettext_lazy("Date"), DateCell(), width=12)
    kind = Column("kind", pgettext_lazy("document", "Kind"), TextCell(longest=60), width=20)
    title = Column("title", gettext_lazy("Title"), TextCell(longest=300), width=70)
    unit = Column("unit", gettext_lazy("Issuing body"), TextCell(longest=200), width=36)
    basis = Column("basis", gettext_lazy("Figures"), TextCell(longest=40), width=14)
    state = Column("state", gettext_lazy("State"), TextCell(longest=40), width=16)
    replaces = Column("replaces", gettext_lazy("Takes the place of"), TextCell(longest=60), width=18)
    replaced_by = Column("replaced_by", gettext_lazy("Replaced by"), TextCell(longest=60), width=18)
    made_on = Column("made_on", gettext_lazy("Drafted on"), DateCell(), width=12)
    signed_by = Column("signed_by", gettext_lazy("Signed by"), TextCell(longest=200), width=26)

    def export_rows(self, subjects: Iterable[OfficialDocument]) -> Iterator[dict[str, Any]]:
        for order, document in enumerate(subjects, start=1):
            if order > MOST_ROWS:
                yield {**dict.fromkeys(self.fields), "title": _("There are more documents. Narrow the register down.")}
                return
            yield {"order": order, **self.values_of(document)}

    def values_of(self, subject: OfficialDocument) -> dict[str, Any]:
        replacements: list[OfficialDocument] = subject.replacements  # type: ignore[attr-defined]
        return {
            "number": _number(subject),
            "dated": subject.dated,
            "kind": subject.get_kind_display(),
            "title": subject.title,
            "unit": subject.unit.name,
            "basis": subject.get_basis_display() if subject.has_figures else None,
            "state": str(look(subject.state, "document").word),
            "replaces": _number(subject.supersedes),
            "replaced_by": _number(replacements[0]) if replacements else None,
            "made_on": localtime(subject.created_at).date(),
            "signed_by": str(subject.issued_by) if subject.issued_by else None,
        }


def _number(document: OfficialDocument | None) -> str | None:
    return f"{document.number}-{document.symbol}" if document and document.number else None
