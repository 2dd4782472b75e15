"""What a person should look at in a proposal before accepting it; the sentences are Vietnamese."""

from datetime import date

from plans.outline.shapes import Doubt

from .lunar_year import name_of
from .shapes import ProposedActivity


def doubts_of(proposal: ProposedActivity, *, several: bool, new_year: date | None = None) -> tuple[Doubt, ...]:
    """Return the doubts of a proposal; ``several``: its words tell two times. A heading's time is none.

    ``new_year`` is the first day of the lunar year of which the words speak.
    """
    doubts = []
    if not proposal.windows:
        says = "Văn bản không ghi thời gian của hoạt động này."
        if new_year is not None:
            day = f"{new_year.day}/{new_year.month}/{new_year.year}"
            says += f" Mùng Một Tết {name_of(new_year.year)} là ngày {day}."
        doubts.append(Doubt("no_time", says))
    if several:
        doubts.append(Doubt("two_times", "Có hai thời gian khác nhau trong cùng một hoạt động."))
    return tuple(doubts)
