"""The sign-in library's words that we translate are still the library's words (doan_portal.library_words)."""

from pathlib import Path

import allauth
import pytest

from doan_portal import library_words


def _source() -> str:
    """All words of the library, from the catalogue that it ships, with wrapped lines joined."""
    catalogue = Path(allauth.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po"
    return catalogue.read_text(encoding="utf-8").replace('"\n"', "")


SOURCE = _source()


@pytest.mark.parametrize("word", library_words.WORDS)
def test_word_is_one_of_the_library(word: str) -> None:
    assert f'msgid "{word}"\n' in SOURCE
