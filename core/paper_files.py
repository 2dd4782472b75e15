"""PDFs that ``core.paper`` made, as files: how many pages, what one calls itself, and parts joined into one.

The one module that imports pikepdf, inside functions: most processes never need it. Nothing is drawn here.
"""

import io
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pikepdf import Pdf

# PDF 1.4, on which PDF/A-1 stands, knows no streams of objects.
OBJECT_STREAMS_SINCE = "1.5"

_METADATA = re.compile(rb"<<([^<>]*/Type\s*/Metadata\b[^<>]*)>>\s*stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_CLAIM = re.compile(rb'pdf(a|ua)id:(part|conformance)(?:="|>)(\w+)')


class NoPdf(Exception):
    """These bytes are no PDF, or a damaged one."""


@dataclass(frozen=True)
class Bookmark:
    """Where one leads: the page, counted from 0 through the whole document, and the place on it in points."""

    level: int
    label: str
    page: int
    left: float
    top: float


def count_pages(content: bytes) -> int:
    """How many pages there are. Raises NoPdf."""
    from pikepdf import Pdf, PdfError

    try:
        with Pdf.open(io.BytesIO(content)) as pdf:
            return len(pdf.pages)
    except PdfError as error:
        raise NoPdf from error


def standard_of(content: IO[bytes]) -> str:
    """What the file says of itself: "PDF/A-3a", "PDF/UA-1"; empty where it says nothing. Raises NoPdf.

    The claim of whatever made the file: nobody validates it here. The stream that says it is unpacked by hand, which
    spares the web process a PDF library (17 MB).
    """
    read = content.read()
    if not read.startswith(b"%PDF-") or b"%%EOF" not in read[-1024:]:
        raise NoPdf
    found = _METADATA.search(read)
    claims: dict[str, dict[str, str]] = {}
    for family, what, value in _CLAIM.findall(_unpacked(*found.groups()) if found else b""):
        claims.setdefault(family.decode(), {})[what.decode()] = value.decode()
    return ", ".join(_standard(family, claim) for family, claim in sorted(claims.items()))


def _unpacked(facts: bytes, stream: bytes) -> bytes:
    """Raises NoPdf where the stream is damaged."""
    try:
        return zlib.decompress(stream) if b"/FlateDecode" in facts else stream
    except zlib.error as error:
        raise NoPdf from error


def _standard(family: str, claim: dict[str, str]) -> str:
    # PDF/UA names its conformance since its second part, and then only the part anew.
    letter = claim.get("conformance", "").lower() if family == "a" else ""
    return f"PDF/{family.upper()}-{claim.get('part', '?')}{letter}"


def join(parts: Sequence[Path], bookmarks: Sequence[Bookmark]) -> bytes:
    """One file of all parts, in their order; equal parts give equal bytes.

    The first gives what belongs to the whole: title, language, date, colour profile, and what the file calls itself.
    Pages follow each other, the trees of tags become one, the bookmarks are made anew. The tags of the parts are told
    apart by whoever makes the parts: numbers of pages in the tree of tags, names of table heads, names of fonts.
    """
    from pikepdf import ObjectStreamMode, Pdf

    out = io.BytesIO()
    with Pdf.open(parts[0]) as whole:
        for path in parts[1:]:
            with Pdf.open(path) as part:
                _append(whole, part)
        _set_bookmarks(whole, bookmarks)
        takes_streams = whole.pdf_version >= OBJECT_STREAMS_SINCE
        mode = ObjectStreamMode.generate if takes_streams else ObjectStreamMode.disable
        # The metadata stays byte for byte what the first part says.
        whole.save(out, object_stream_mode=mode, deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()


def _append(whole: "Pdf", part: "Pdf") -> None:
    whole.pages.extend(part.pages)
    if "/StructTreeRoot" in whole.Root:
        _append_tags(whole, part)


def _append_tags(whole: "Pdf", part: "Pdf") -> None:
    """Hang the part's elements below the whole's one `Document`; its pages, to which they lead, are there already."""
    ours, theirs = whole.Root.StructTreeRoot, part.Root.StructTreeRoot
    document: Any = ours.K[0]
    elements: Any = whole.copy_foreign(part.make_indirect(theirs.K[0].K))
    for element in elements:
        element.P = document
        document.K.append(element)
    numbers: Any = whole.copy_foreign(part.make_indirect(theirs.ParentTree.Nums))
    for entry in numbers:
        ours.ParentTree.Nums.append(entry)


def _set_bookmarks(whole: "Pdf", bookmarks: Sequence[Bookmark]) -> None:
    """The outline anew. A level that was skipped is no step: what stands below another is its child."""
    from pikepdf import Array, Name, OutlineItem

    with whole.open_outline() as outline:
        outline.root.clear()
        above: list[tuple[int, list[OutlineItem]]] = [(0, outline.root)]
        for mark in bookmarks:
            item = OutlineItem(mark.label, Array([whole.pages[mark.page].obj, Name.XYZ, mark.left, mark.top, 0]))
            while above[-1][0] >= mark.level:
                above.pop()
            above[-1][1].append(item)
            above.append((mark.level, item.children))
