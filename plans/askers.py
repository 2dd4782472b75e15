"""Which issued plans of superior bodies ask something of a person's units: the apps that ask register here.

Plans knows neither targets nor activities, yet a plan that asks something of a unit is readable by it
(domain: Who may do what).
"""

from collections.abc import Callable, Sequence

from django.db.models import Q

from .models import Plan

# Given the paths of the units at which a person holds roles: which plans of the units above ask something of those
# units or of what lies beneath them.
Asker = Callable[[Sequence[str]], Q]

_askers: list[Asker] = []


def register(asker: Asker) -> None:
    """Add an asker; called in ``ready()``. Registering the same one again changes nothing."""
    if asker not in _askers:
        _askers.append(asker)


def asked_by(paths: Sequence[str]) -> Q:
    """Return the condition on ``Plan`` rows under which at least one asker says that the plan asks something."""
    condition = Q(pk__in=Plan.objects.none())
    for asker in _askers:
        condition |= asker(paths)
    return condition
