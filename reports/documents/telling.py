"""How far a document is, told to its job page by page; of a large one also part by part."""

from django.utils.translation import gettext as _

from core.jobs import JobRun

# Gathering and setting come before the first page.
STEPS_BEFORE_PAGES = 2


class Telling:
    """What a renderer calls; each call may raise JobLost or JobCancelled, which stops the work."""

    def __init__(self, run: JobRun) -> None:
        self._run = run
        self._part = self._parts = 0

    def sets_pages(self) -> None:
        """Nothing is laid out yet."""
        self._run.progress(1, STEPS_BEFORE_PAGES, _("Setting the pages"))

    def part(self, part: int, parts: int) -> None:
        """A part begins, counted from 1. A document that is set whole has none."""
        self._part, self._parts = part, parts

    def page(self, pages: int) -> None:
        """So many pages are laid out."""
        if self._parts:
            words = _("Part %(part)s of %(parts)s, page %(page)s")
            words %= {"part": self._part, "parts": self._parts, "page": pages}
            self._run.progress(self._part, self._parts + 1, words)
        else:
            done = STEPS_BEFORE_PAGES + pages
            self._run.progress(done, done + 1, _("Page %(n)s") % {"n": pages})
