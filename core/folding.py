"""Folding of text for searching: Vietnamese without its marks. Pure; how lists are searched stands in the apps."""

import unicodedata


def fold(text: str) -> str:
    """Return the text in lower case without diacritics, đ as d: "Hiến máu, Đội" becomes "hien mau, doi".

    Composed and decomposed spellings fold alike. Spaces and punctuation stay. (screens: lists are searched so.)
    """
    decomposed = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return bare.replace("đ", "d")
