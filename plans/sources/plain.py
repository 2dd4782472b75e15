"""Plain text and Markdown: which encoding it is in, and its letters.

Vietnamese offices still keep files in TCVN3 (ABC), VNI and windows-1258 beside UTF-8 and UTF-16.
"""

import codecs

from .legacy import from_tcvn3, from_vni, likeliest
from .shapes import Refused

_MARKED = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Tabs, line and page ends are text; other control bytes are not, but for one here and there.
_TEXT_CONTROLS = b"\t\n\v\f\r\x1a\x1b"
_CONTROLS = bytes(code for code in range(32) if code not in _TEXT_CONTROLS)


def plain_letters(content: bytes) -> str:
    """Return a text file's letters. Raises Refused ("wrong_type", "encoding") for what is no text we can read."""
    for mark, encoding in _MARKED.items():
        if content.startswith(mark):
            return _decoded(content, encoding)
    if b"\0" in content or _controls(content) * 50 > len(content):
        raise Refused("wrong_type")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _before_unicode(content)


def _controls(content: bytes) -> int:
    return len(content) - len(content.translate(None, delete=_CONTROLS))


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as broken:
        raise Refused("encoding") from broken


def _before_unicode(content: bytes) -> str:
    western = _western(content)
    found = likeliest(
        [
            lambda: content.decode("cp1258", "replace"),
            lambda: from_tcvn3(western),
            lambda: from_vni(western),
            # UTF-8 with a few bytes lost on the way.
            lambda: content.decode("utf-8", "replace"),
        ]
    )
    if found is None:
        raise Refused("encoding")
    return found


def _western(content: bytes) -> str:
    """Return the letters in windows-1252; its five empty places stay what their number is."""
    return "".join(_WESTERN[code] for code in content)


_WESTERN = [bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(256)]
