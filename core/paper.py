"""HTML to PDF, and nothing else: the one module that imports WeasyPrint, inside functions as that takes half a second.

What a document says and how it is laid out is the business of the app that prints it; here live only the archive
variant, the rule that nothing from outside gets into a document, the paper face, and the promise of equal bytes.
"""

import hashlib
import logging
import os
import re
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation

# Tags and archive in one; settings.PAPER_PDF_VARIANT takes its place where an archive asks for another.
DEFAULT_VARIANT = "pdf/a-3a"
LANGUAGE = "vi"

# The measures of Times New Roman with every Vietnamese letter. The web-font subsets of this face come out garbled.
FACE_FILES = ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf")
FACE_ROOTS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))

_OBJECT_STREAM = re.compile(rb"/Type /ObjStm.*?stream\n(.*?)\nendstream", re.DOTALL)
_PAGE_TREE = re.compile(rb"<</Type /Pages[^<>]*?/Count (\d+)")

_CONTENT_TYPES = {".css": "text/css", ".ttf": "font/ttf", ".svg": "image/svg+xml"}

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
    variant = getattr(settings, "PAPER_PDF_VARIANT", DEFAULT_VARIANT)
    identifier = _identifier(html=html, title=title, dated=dated)
    with _one_at_a_time, _dated_environment(dated), _listening(on_progress) as complaints:
        from weasyprint import HTML
        from weasyprint.urls import FatalURLFetchingError

        try:
            document = HTML(string=html, url_fetcher=_fetcher()).render(pdf_variant=variant)
            _describe(document.metadata, title=title, dated=dated)
            pdf: bytes = document.write_pdf(pdf_variant=variant, pdf_identifier=identifier)
        except FatalURLFetchingError as error:
            # WeasyPrint's own error is no Exception, so that nothing inside it swallows it; ours is one again.
            raise (error.__cause__ or PaperError(str(error))) from None
    if complaints:
        raise PaperError(complaints[0])
    return pdf


def page_count(pdf: bytes) -> int:
    """The number of pages of a PDF made here. Raises PaperError for other bytes.

    WeasyPrint packs the page tree into an object stream; unpacking that spares a PDF library at run time.
    """
    streams = (zlib.decompress(packed) for packed in _OBJECT_STREAM.findall(pdf))
    counts = [int(count) for stream in streams for count in _PAGE_TREE.findall(stream)]
    if len(counts) != 1:
        raise PaperError("These bytes are not a document of the portal.")
    return counts[0]


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
