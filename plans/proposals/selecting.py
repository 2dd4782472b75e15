"""A place that a person marked in the document: which words it is, in which section."""

import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from plans.models import Plan, Section
from plans.outline import Outline
from plans.outline.read import read_outline
from plans.vietnamese.letters import bare

from .keeping import section_at

LONGEST_SELECTION = 2000  # characters
LONGEST_NAME = 120
# As documents of the genre begin: the reader takes the year from it.
TITLE = "CHƯƠNG TRÌNH\nCông tác Đoàn và phong trào thanh niên năm"


@dataclass(frozen=True)
class Selection:
    """Words of the document, without blanks at their ends, and what a thing made of them may be called at first."""

    start: int
    end: int
    quote: str
    section: Section | None

    @property
    def name(self) -> str:
        words = " ".join(self.quote.split()).strip(" .;,:-–+*")
        return Truncator(words[:1].upper() + words[1:]).chars(LONGEST_NAME)

    def as_document(self, heading: str, year: int) -> Outline:
        """Return the words as the one item of a document of the year, for a reader to say what it makes of them.

        ``heading`` tells the reader what stands under it, as a document would.
        """
        words = " ".join(self.quote.split())
        return read_outline(f"{TITLE} {year}\n\nI. {heading}\n1. {words}\n")


def selection_of(plan: Plan, start: int, end: int) -> Selection:
    """Return the words from ``start`` to ``end`` (excluded). Raises ValidationError for none, or too many."""
    inside = 0 <= start < end <= len(plan.text)
    words = plan.text[start:end] if inside else ""
    quote = words.strip()
    if not quote:
        raise ValidationError(_("Mark the words in the document that you mean."))
    if len(quote) > LONGEST_SELECTION:
        raise ValidationError(_("That is more than one clause: mark the words of one only."))
    first = start + len(words) - len(words.lstrip())
    return Selection(first, first + len(quote), quote, section_at(first, plan.sections.all()))


def place_of(plan: Plan, words: str) -> tuple[int, int]:
    """Return where the words stand in the document, whatever blanks and diacritics they are written with.

    Raises ValidationError where they stand nowhere, or at several places.
    """
    parts = [re.escape(part) for part in bare(unicodedata.normalize("NFC", words)).split()]
    if not parts:
        raise ValidationError(_("Mark the words in the document that you mean."))
    if len(words) > LONGEST_SELECTION:
        raise ValidationError(_("That is more than one clause: mark the words of one only."))
    found = [match.span() for match in re.finditer(r"\s+".join(parts), bare(plan.text))]
    if len(found) == 1:
        return found[0]
    if found:
        raise ValidationError(_("These words stand in the document more than once: write some more of them."))
    raise ValidationError(_("The document does not hold these words: copy them from it as they stand."))
