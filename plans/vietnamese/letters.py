"""Bare letters: a text without diacritics, case and odd marks, of exactly the same length, so that offsets stay."""

import unicodedata

# What stands for a plain mark in documents that went through scanners, word processors and chat programs.
_PLAIN = {
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("⁄∕", "/"),
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t", " "),
    "đ": "d",
    "Đ": "d",
    "…": ".",
}


def bare(text: str) -> str:
    """Return ``text`` in lower case without diacritics, đ as d, dashes, quotation marks and spaces as the plain ones.

    One character for each character: ``bare(text)[i]`` is what stands at ``text[i]``. Line breaks stay. Expects NFC;
    a mark that is left over by itself becomes a space.
    """
    return "".join(_bare_letter(letter) for letter in text)


def _bare_letter(letter: str) -> str:
    if letter.isascii():
        return " " if letter == "\t" else letter.lower()
    if letter in _PLAIN:
        return _PLAIN[letter]
    base = unicodedata.normalize("NFD", letter)[0].lower()
    if unicodedata.combining(base):
        return " "
    return base if len(base) == 1 else letter
