"""From a file's bytes to its Source, in the process that may be stopped. LibreOffice is not called here."""

from .composing import source_of
from .kinds import kind_of
from .plain import plain_letters
from .shapes import Refused, Source


def open_source(content: bytes) -> Source:
    """Return the file's text. Raises Refused; any other exception means that the file is broken.

    The libraries are loaded here only, each for its kind: who merely asks for a file to be read does not need them.
    """
    kind = kind_of(content)
    if kind == "docx":
        from .word import word_letters

        return source_of([word_letters(content)], kind=kind)
    if kind == "pdf":
        from .pdf import pdf_pages

        return source_of(pdf_pages(content), kind=kind)
    if kind == "text":
        return source_of([plain_letters(content)], kind="txt")
    raise Refused("no_word_97")
