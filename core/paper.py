"""HTML to PDF, and nothing else: the one module that imports WeasyPrint, inside functions as that takes half a second.

What a document says and how it is laid out is the business of the app that prints it; here live only the archive
variant, the rule that nothing from outside gets into a document, the paper face, and the promise of equal bytes.
A large document is made in parts (``core.paper_parts``), of which this module sets one at a time.
"""

import hashlib
import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation

from . import paper_files
from .paper_files import Bookmark

LANGUAGE = "vi"

# The measures of Times New Roman with every Vietnamese letter. The web-font subsets of this face come out garbled.
FACE_FILES = ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf")
FACE_ROOTS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))

_CONTENT_TYPES = {".css": "text/css", ".ttf": "font/ttf", ".svg": "image/svg+xml"}

LINE = "line-"
POINTS_PER_PIXEL = 0.75
# The sheet of the app hides the number of the first page; a part that goes on has none to hide.
GOES_ON = "@page :first { counter-reset: page %d !important; @bottom-center { content: counter(page) !important } }"

# SOURCE_DATE_EPOCH is read from the environment of the whole process, so documents are made one at a time.
_one_at_a_time = threading.Lock()


class PaperError(Exception):
    """A document could not be made; the message says why in one sentence."""


class RefusedAddress(PaperError):
    """The document asked for something that is neither `static:` nor `font:`, or that does not exist there."""


class FaceMissing(PaperError):
    """The paper face is not installed on this machine."""


def render_pdf(*, html: str, title: str, dated: date, on_progress: Callable[[int], None] | None = None) -> bytes:
    """The document as PDF bytes, tagged, in Vietnamese, with its bookmarks.

    `dated` is the date the document bears: it is the only date in the file, so equal input gives equal bytes.
    `on_progress` is told the number of pages laid out so far; what it raises stops the work and reaches the caller.
    Raises RefusedAddress, FaceMissing, or PaperError for anything else that would leave a hole in the document.
    """
    identifier = _identifier(html=html, title=title, dated=dated)
    with _setting(dated, on_progress):
        document = _lay_out(html, title=title, dated=dated)
        pdf: bytes = document.write_pdf(pdf_variant=_variant(), pdf_identifier=identifier)
    return pdf


@dataclass(frozen=True)
class PartOfPages:
    """Some pages of a longer document as a file of their own. `next_line` is where it goes on; null at the end.

    `bookmarks` count their pages through the whole document.
    """

    pdf: bytes
    pages: int
    bookmarks: tuple[Bookmark, ...]
    next_line: int | None


def render_part(
    *,
    html: str,
    title: str,
    dated: date,
    pages_before: int,
    goes_on: bool,
    on_progress: Callable[[int], None] | None = None,
) -> PartOfPages:
    """Pages `pages_before` + 1 and so on of a document, laid out as they would be in the whole. Raises as `render_pdf`.

    `goes_on`: more lines follow than this HTML holds. Then the pages from the last one that begins with a line are left
    out, because what follows may still change them, and that line (`id="line-7"`) is where the next part begins.
    Raises PaperError where no page is left. `on_progress` counts pages through the whole document.
    """
    identifier = _identifier(html=html, title=title, dated=dated)
    told = None if on_progress is None else lambda pages: on_progress(pages_before + pages)
    with _setting(dated, told):
        document = _lay_out(html, title=title, dated=dated, pages_before=pages_before)
        kept, next_line = _settled(document.pages) if goes_on else (len(document.pages), None)
        document = document.copy(document.pages[:kept])
        bookmarks = tuple(_bookmarks(document.pages, pages_before))
        for page in document.pages:
            page.anchors = {}  # places of lines, to which nothing in the file leads
        pdf = document.write_pdf(
            pdf_variant=_variant(), pdf_identifier=identifier, finisher=_told_apart(pages_before=pages_before)
        )
    return PartOfPages(pdf=pdf, pages=kept, bookmarks=bookmarks, next_line=next_line)


def page_count(pdf: bytes) -> int:
    """The number of pages of a PDF. Raises PaperError for other bytes."""
    try:
        return paper_files.count_pages(pdf)
    except paper_files.NoPdf as error:
        raise PaperError("These bytes are not a document of the portal.") from error


def sha256(content: bytes) -> str:
    """The checksum that is stored beside an issued file: 64 lower-case hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


@cache
def face_file(name: str) -> Path:
    """Where the machine keeps a file of the paper face. Raises FaceMissing, which names the package to install."""
    for root in FACE_ROOTS:
        for found in sorted(root.rglob(name)):
            return found
    roots = ", ".join(str(root) for root in FACE_ROOTS)
    raise FaceMissing(f"The paper face is missing: no {name} under {roots}. Install the package fonts-croscore.")


def local_file(address: str) -> Path:
    """The file behind a `static:` or `font:` address. Raises RefusedAddress for every other address."""
    scheme, _, name = address.partition(":")
    if scheme == "font" and name in FACE_FILES:
        return face_file(name)
    if scheme == "static":
        return _static_file(name)
    raise RefusedAddress(f"A document may not fetch “{address[:200]}”: only static: and font: addresses are allowed.")


def _static_file(name: str) -> Path:
    try:
        found = finders.find(name)
    except SuspiciousFileOperation as error:
        raise RefusedAddress(f"A document may not leave the static files: “{name[:200]}”.") from error
    if not found:
        raise RefusedAddress(f"There is no static file “{name[:200]}”.")
    return Path(found)


def _variant() -> str:
    variant: str = settings.PAPER_PDF_VARIANT
    return variant


@contextmanager
def _setting(dated: date, on_progress: Callable[[int], None] | None) -> Iterator[None]:
    """While a document is set: alone, on its day, heard by whoever waits, and a hole in it is an error."""
    with _one_at_a_time, _dated_environment(dated), _listening(on_progress) as complaints:
        from weasyprint.urls import FatalURLFetchingError

        try:
            yield
        except FatalURLFetchingError as error:
            # WeasyPrint's own error is no Exception, so that nothing inside it swallows it; ours is one again.
            raise (error.__cause__ or PaperError(str(error))) from None
    if complaints:
        raise PaperError(complaints[0])


def _lay_out(html: str, *, title: str, dated: date, pages_before: int = 0) -> Any:
    from weasyprint import CSS, HTML

    sheets = [CSS(string=GOES_ON % (pages_before + 1))] if pages_before else []
    document = HTML(string=html, url_fetcher=_fetcher()).render(pdf_variant=_variant(), stylesheets=sheets)
    _describe(document.metadata, title=title, dated=dated)
    return document


def _settled(pages: list[Any]) -> tuple[int, int]:
    """How many pages no later line can change, and the line with which the next page begins."""
    lines = [sorted(int(name.removeprefix(LINE)) for name in page.anchors if name.startswith(LINE)) for page in pages]
    for number in range(len(pages) - 1, 0, -1):
        before = lines[number - 1]
        # A line that is higher than a sheet stands on both: the page does not begin with it.
        if lines[number] and (not before or before[-1] < lines[number][0]):
            return number, lines[number][0]
    raise PaperError("A part of the document is too short to fill a page.")


def _bookmarks(pages: list[Any], pages_before: int) -> Iterator[Bookmark]:
    for number, page in enumerate(pages, start=pages_before):
        for level, label, (left, top), _state in page.bookmarks:
            place = left * POINTS_PER_PIXEL, (page.height - top) * POINTS_PER_PIXEL
            yield Bookmark(level, label, number, *place)


def _told_apart(*, pages_before: int) -> Callable[[Any, Any], None]:
    """What keeps the tags of a part apart from those of the others: it is called before the part is written."""
    mark = hashlib.sha256(str(pages_before).encode()).digest()
    letters = "".join(chr(ord("A") + byte % 26) for byte in mark[:6])

    def finish(_document: Any, pdf: Any) -> None:
        for item in pdf.objects:
            if isinstance(item, dict):
                _tell_apart(item, letters, pages_before)
        if tree := pdf.catalog.get("StructTreeRoot"):
            numbers = pdf.objects[int(pdf.objects[int(tree.split()[0])]["ParentTree"].split()[0])]["Nums"]
            numbers[0::2] = [number + pages_before for number in numbers[0::2]]

    return finish


def _tell_apart(item: dict[str, Any], letters: str, pages_before: int) -> None:
    if item.get("Type") == "/Annot":
        raise PaperError("A document with links cannot be set in parts.")
    if "StructParents" in item:
        item["StructParents"] += pages_before
    if item.get("Type") == "/StructElem" and "ID" in item:
        # The name of a table's head; cells that point to it hold this very object.
        item["ID"].string = f"{letters}-{item['ID'].string}"
    for key in ("BaseFont", "FontName"):  # two subsets of one face need two names
        if key in item:
            item[key] = b"/" + letters.encode() + b"+" + item[key].partition(b"+")[2]


def _describe(metadata: Any, *, title: str, dated: date) -> None:
    metadata.title, metadata.lang = title, LANGUAGE
    metadata.created = metadata.modified = dated.isoformat()


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class LocalFetcher(URLFetcher):
        """Answers from the static files and the paper face; any other address stops the document."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            path = local_file(url)
            content_type = _CONTENT_TYPES.get(path.suffix, "application/octet-stream")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": content_type})

    return LocalFetcher(fail_on_errors=True)


def _identifier(*, html: str, title: str, dated: date) -> bytes:
    return hashlib.sha256(f"{title}\0{dated.isoformat()}\0{html}".encode()).hexdigest()[:32].encode()


@contextmanager
def _dated_environment(dated: date) -> Iterator[None]:
    """Font subsets carry a time stamp, taken from SOURCE_DATE_EPOCH where that is set."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(datetime.combine(dated, time(), UTC).timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


class _Ear(logging.Handler):
    """Hears WeasyPrint's log: pages as they are laid out, and errors, which mean that a part is missing."""

    def __init__(self, on_progress: Callable[[int], None] | None) -> None:
        super().__init__()
        self.complaints: list[str] = []
        self._on_progress = on_progress

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR:
            self.complaints.append(record.getMessage())
        elif self._on_progress and "Page %d" in str(record.msg) and isinstance(record.args, tuple):
            self._on_progress(int(str(record.args[0])))


@contextmanager
def _listening(on_progress: Callable[[int], None] | None) -> Iterator[list[str]]:
    errors, steps = logging.getLogger("weasyprint"), logging.getLogger("weasyprint.progress")
    ear = _Ear(on_progress)
    before = steps.level, steps.propagate
    # The steps go to whoever waits for the document, not into the log of the portal: there is one for every page.
    steps.level, steps.propagate = logging.INFO, False
    errors.addHandler(ear)
    steps.addHandler(ear)
    try:
        yield ear.complaints
    finally:
        errors.removeHandler(ear)
        steps.removeHandler(ear)
        steps.level, steps.propagate = before
