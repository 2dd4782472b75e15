"""Keeps addresses that are a right by themselves out of every log: who reads a log must not be able to use them."""

import logging
import re
from collections.abc import Iterable

_FORMATTER = logging.Formatter()


class SecretPaths(logging.Filter):
    """Cuts off what follows one of ``prefixes`` ("/activities/feed/") in messages and tracebacks, and drops nothing."""

    def __init__(self, prefixes: Iterable[str]) -> None:
        super().__init__()
        self._secret = re.compile(rf"({'|'.join(map(re.escape, prefixes))})[^\s\"'<>?]+")

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place where it holds a secret; always true."""
        message = record.getMessage()
        safe = self.hide(message)
        if safe != message:
            record.msg, record.args = safe, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = _FORMATTER.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.hide(record.exc_text)
        return True

    def hide(self, text: str) -> str:
        """Return the text with "…" in place of every secret."""
        return self._secret.sub(r"\1…", text)
