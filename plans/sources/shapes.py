"""What reading a file gives: the text, its kind, where its pages begin, and the way back to what was read. Pure."""

from bisect import bisect_right
from dataclasses import dataclass

MAX_BYTES = 20 * 1024 * 1024
# Some 100 pages; the longest plan of a province has 60.
MAX_LETTERS = 200_000
MAX_LINES = 10_000


class Refused(Exception):
    """The file is not read. ``code`` says why (see ``refusals``); ``str()`` is a sentence for people."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        # Django's translations are for who asked; the process that opens files has no Django.
        from .refusals import sentence

        return sentence(self.code)


@dataclass(frozen=True)
class OffsetMap:
    """The way from places in a text back to the letters that were read, before they were composed.

    ``here[i]`` in the text stands at ``there[i]`` in what was read, and so on step by step up to ``here[i + 1]``.
    """

    here: tuple[int, ...] = (0,)
    there: tuple[int, ...] = (0,)

    def back(self, offset: int) -> int:
        """Return where the letter at ``offset`` of the text stood in what was read (its first mark, if several)."""
        place = bisect_right(self.here, offset) - 1
        found = self.there[place] + offset - self.here[place]
        return min(found, self.there[place + 1]) if place + 1 < len(self.there) else found

    def forward(self, place: int) -> int:
        """Return where the letter read at ``place`` stands in the text."""
        step = bisect_right(self.there, place) - 1
        found = self.here[step] + place - self.there[step]
        return min(found, self.here[step + 1]) if step + 1 < len(self.here) else found


@dataclass(frozen=True)
class Source:
    """A document's text as the portal reads it.

    ``text`` is NFC with "\\n" line ends; a row of a table is one line with tabs between its cells. ``kind`` is what the
    content was ("docx", "pdf", "txt", "md", "doc"; pasted text is "txt"), whatever the name said. ``pages`` are the
    offsets where pages begin, for PDF only.
    """

    text: str
    kind: str
    pages: tuple[int, ...] = ()
    origin: OffsetMap = OffsetMap()
