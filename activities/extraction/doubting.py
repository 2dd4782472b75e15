"""What a person should look at in a proposal before accepting it; the sentences are Vietnamese."""

from plans.outline.shapes import Doubt

from .shapes import ProposedActivity


def doubts_of(proposal: ProposedActivity, *, several: bool) -> tuple[Doubt, ...]:
    """Return the doubts of a proposal; ``several``: its words tell two times. A heading's time is none."""
    doubts = []
    if not proposal.windows:
        doubts.append(Doubt("no_time", "Văn bản không ghi thời gian của hoạt động này."))
    if several:
        doubts.append(Doubt("two_times", "Có hai thời gian khác nhau trong cùng một hoạt động."))
    return tuple(doubts)
