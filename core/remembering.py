"""What a process remembers of the database as long as nothing that pages show has changed (``pulse``).

For what many requests ask alike and hardly ever changes; a page that is whole the same for many is kept by
``kept_pages``.
"""

import time
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

from django.conf import settings

from core import pulse

Answer = TypeVar("Answer")


def word_now() -> str | None:
    """The word under which to remember what shows no figures of reports; null: remember nothing."""
    return pulse.now(with_figures=False) if settings.KEPT_PAGES_SECONDS else None


class Memory(Generic[Answer]):
    """At most ``most`` answers under the newest word, for all threads of the process; they are shared: change none.

    Another word forgets them all, and so does time, as it does kept pages: what bypasses Django changes no word.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._word: str | None = None
        self._until = 0.0
        self._known: dict[Hashable, Any] = {}

    def answer(self, word: str | None, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer known by ``key``, or what ``make`` says. ``word``: read before anything that ``make`` reads."""
        if word is None:
            return make()
        with self._lock:
            if self._word != word or time.monotonic() >= self._until:
                self._word, self._until = word, time.monotonic() + settings.KEPT_PAGES_SECONDS
                self._known = {}
            known = self._known
            if key in known:
                found: Answer = known[key]
                return found
        made = make()
        with self._lock:
            if len(known) >= self._most:
                known.pop(next(iter(known)), None)
            known[key] = made
        return made
