"""What follows when a draft's term is corrected: higher apps register it here; plans imports none of them."""

from collections.abc import Callable
from datetime import date

from .models import Plan

# Given the plan with its new term, and the first and the last day of the old one.
Follower = Callable[[Plan, date, date], None]

_followers: list[Follower] = []


def register(follower: Follower) -> None:
    """Add a follower; called in ``ready()``. Registering the same one again changes nothing."""
    if follower not in _followers:
        _followers.append(follower)


def follow_term(plan: Plan, *, old_start: date, old_end: date) -> None:
    """Let every follower move what stood on the old term's days; nothing where the term is the same.

    Called under the plan's row lock, inside the transaction that writes the new term.
    """
    if (plan.starts_on, plan.ends_on) == (old_start, old_end):
        return
    for follower in _followers:
        follower(plan, old_start, old_end)
