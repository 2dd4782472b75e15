"""What a section is called in a list or a choice. Pure words."""

from django.utils.text import Truncator

from .models import Section

MOST_LETTERS = 90


def section_text(section: Section) -> str:
    """Return "1.7 Hiến máu tình nguyện": number and heading, or the first words where there is no heading."""
    words = " ".join((section.heading or section.text).split())
    return f"{section.number} {Truncator(words).chars(MOST_LETTERS)}".strip()
