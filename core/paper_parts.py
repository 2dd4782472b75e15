"""A document too large to be laid out at once: set part by part, each with a bounded number of lines, and joined.

It looks as if it had been laid out whole; memory follows the size of a part.
"""

import gc
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from pathlib import Path

from . import paper, paper_files


@dataclass(frozen=True)
class Section:
    """Pages that begin on a new sheet. `html` gives a whole HTML document of the lines from one up to before another.

    Every line is an element with the id `line-N`, numbered from 0. A section of 0 lines is never divided.
    """

    lines: int
    html: Callable[[int, int], str]

    def parts(self, lines_a_part: int) -> int:
        """How many parts it is set in."""
        return max(1, ceil(self.lines / lines_a_part))

    def ends(self, lines_a_part: int) -> list[int]:
        """Up to which line, excluded, each part goes at most."""
        return [min(part * lines_a_part, self.lines) for part in range(1, self.parts(lines_a_part) + 1)]


def render_in_parts(
    *,
    sections: Sequence[Section],
    lines_a_part: int,
    title: str,
    dated: date,
    on_progress: Callable[[int], None] | None = None,
    on_part: Callable[[int, int], None] | None = None,
) -> bytes:
    """The document as PDF bytes; equal input gives equal bytes. Raises as ``paper.render_pdf``.

    `on_part` is told which part begins (from 1) and how many there are, `on_progress` the number of pages laid out so
    far; what they raise stops the work and reaches the caller, and nothing is left behind.
    """
    parts = sum(section.parts(lines_a_part) for section in sections)
    with tempfile.TemporaryDirectory() as folder:
        making = _Making(Path(folder), title, dated, on_progress)
        for section in sections:
            for last in section.ends(lines_a_part):
                if on_part:
                    on_part(len(making.files) + 1, parts)
                making.set_part(section, last)
        return paper_files.join(making.files, making.bookmarks)


@dataclass
class _Making:
    """The parts of one document so far."""

    folder: Path
    title: str
    dated: date
    on_progress: Callable[[int], None] | None
    files: list[Path] = field(default_factory=list)
    bookmarks: list[paper_files.Bookmark] = field(default_factory=list)
    pages: int = 0
    next_line: int = 0

    def set_part(self, section: Section, last: int) -> None:
        """Set what the part before left over, and the lines up to the last, into a file of its own."""
        made = paper.render_part(
            html=section.html(self.next_line, last),
            title=self.title,
            dated=self.dated,
            pages_before=self.pages,
            goes_on=last < section.lines,
            on_progress=self.on_progress,
        )
        file = self.folder / f"{len(self.files):05d}.pdf"
        file.write_bytes(made.pdf)
        self.files.append(file)
        self.bookmarks += made.bookmarks
        self.pages += made.pages
        self.next_line = made.next_line or 0
        # Pages refer to each other in rings; waiting for the collector would hold two or three parts at a time.
        gc.collect()
