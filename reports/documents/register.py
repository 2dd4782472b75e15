"""What of the register is looked at: words, year, kind and state, as the address says them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Q, QuerySet

from core.folding import fold
from reports.enums import DocumentKind, DocumentState

from .models import OfficialDocument


@dataclass(frozen=True)
class Wish:
    """What is asked for; what is blank or null narrows nothing."""

    words: str = ""
    year: int | None = None
    kind: str = ""
    state: str = ""

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> Self:
        """Read an address; what it says in no known word is left out."""
        year, kind, state = (str(query.get(word, "")).strip() for word in ("year", "kind", "state"))
        return cls(
            words=str(query.get("q", "")).strip(),
            year=int(year) if re.fullmatch(r"(19|20|21)[0-9]{2}", year) else None,
            kind=kind if kind in DocumentKind.values else "",
            state=state if state in DocumentState.values else "",
        )

    @property
    def is_blank(self) -> bool:
        return self == Wish()


def narrow(documents: QuerySet[OfficialDocument], wish: Wish) -> QuerySet[OfficialDocument]:
    """Narrow to words of title, number or unit (diacritics or not), and to a year, a kind, a state.

    A document is of the year of its date; one without is of the year in which it was asked for.
    """
    for word in fold(wish.words).split():
        documents = documents.filter(Q(folded__contains=word) | Q(unit__folded__contains=word))
    if wish.year is not None:
        undated = Q(dated__isnull=True, created_at__year=wish.year)
        documents = documents.filter(Q(dated__year=wish.year) | undated)
    if wish.kind:
        documents = documents.filter(kind=wish.kind)
    if wish.state:
        documents = documents.filter(state=wish.state)
    return documents


@dataclass(frozen=True)
class Offered:
    """The years, newest first, and kinds that occur in a register, as choices (value, word)."""

    years: list[tuple[str, str]]
    kinds: list[tuple[str, str]]

    @classmethod
    def of(cls, documents: QuerySet[OfficialDocument]) -> Self:
        """Read them in one query."""
        rows = documents.order_by().values_list("kind", "dated__year", "created_at__year").distinct()
        return cls._from(list(rows))

    @classmethod
    def _from(cls, rows: Iterable[tuple[str, int | None, int]]) -> Self:
        years = sorted({dated or created for _kind, dated, created in rows}, reverse=True)
        there = {kind for kind, _dated, _created in rows}
        kinds = [(kind.value, str(kind.label)) for kind in DocumentKind if kind in there]
        return cls([(str(year), str(year)) for year in years], kinds)
