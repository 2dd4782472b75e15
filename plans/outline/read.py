"""Read a document's text into its outline: ``read_outline``. Linear in the text's length; no text makes it fail."""

from collections.abc import Sequence
from dataclasses import replace

from plans.outline.contradictions import numbers_out_of_order, two_dates
from plans.outline.lines import lines_of
from plans.outline.sections import blocks_of, sections_of
from plans.outline.shapes import Head, Outline
from plans.outline.terms import term_of
from plans.outline.walk import Walk, walk


def read_outline(text: str, *, pages: Sequence[int] = ()) -> Outline:
    """Return the outline of ``text`` (NFC, "\\n" line ends). ``pages`` are the offsets where pages begin, where known.

    The blocks cover every character exactly once; the spans of sections nest. Several documents in one text (a
    dispatch, its annex and what it sends) are parts of one outline: ``head`` is the first one's, its gaps filled from
    the others'; each later one is a section. Source of the phenomena: the domain's two documents and their oddities.
    """
    read = walk(text, lines_of(text, pages=pages))
    sections = sections_of(text, read)
    blocks = blocks_of(text, read)
    contradictions = [*two_dates(text, read), *numbers_out_of_order(text, read)]
    return Outline(text, _head(read), blocks, sections, tuple(sorted(contradictions, key=lambda found: found.start)))


def _head(read: Walk) -> Head:
    head = read.openings[0].head if read.openings else Head()
    for later in (opening.head for opening in read.openings[1:]):
        head = replace(
            head,
            issuer=head.issuer or later.issuer,
            superior=head.superior or later.superior,
            number=head.number or later.number,
            place=head.place or later.place,
            dated=head.dated or later.dated,
            kind=head.kind or later.kind,
            title=head.title or later.title,
            starts_on=head.starts_on or later.starts_on,
            ends_on=head.ends_on or later.ends_on,
        )
    if head.starts_on is None and (term := term_of(read.beginning)):
        head = replace(head, starts_on=term[0], ends_on=term[1])
    recipients = tuple(name for foot in read.feet[:1] for name in foot.recipients)
    signer = next((foot.signer for foot in read.feet if foot.signer), "")
    return replace(head, recipients=recipients, signer=signer)
