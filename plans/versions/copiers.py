"""What hangs on a plan and goes along when it is amended: higher apps register how their rows do; plans knows none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..models import Plan, Section


@dataclass(frozen=True)
class Copier:
    """How one app's rows live through an amendment; each part runs inside the transaction of its step.

    ``copy(source, amendment, sections)`` fills the new draft; ``sections`` are its sections by the id of the one that
    each was copied from. ``hand_over(source, amendment)`` runs when the amendment is issued and lets go over what was
    done under the earlier version. ``discard(amendment)`` deletes the draft's rows.
    """

    copy: Callable[[Plan, Plan, Mapping[int, Section]], None]
    hand_over: Callable[[Plan, Plan], None]
    discard: Callable[[Plan], None]


_copiers: list[Copier] = []


def register_copier(copier: Copier) -> None:
    """Add a copier; called in ``ready()``, lower apps first. Registering the same one again changes nothing."""
    if copier not in _copiers:
        _copiers.append(copier)


def copy_all(source: Plan, amendment: Plan, sections: Mapping[int, Section]) -> None:
    """Fill a new amendment, lower apps first: their rows are pointed at by those of higher ones."""
    for copier in _copiers:
        copier.copy(source, amendment, sections)


def hand_over_all(source: Plan, amendment: Plan) -> None:
    """Let everything done under ``source`` go over to the version that takes its place."""
    for copier in _copiers:
        copier.hand_over(source, amendment)


def discard_all(amendment: Plan) -> None:
    """Delete a draft's rows, higher apps first."""
    for copier in reversed(_copiers):
        copier.discard(amendment)
