"""Whether the stored totals of a subtree are up to date."""

from reports.rollups.models import DirtyMark
from units.models import Unit


def is_being_added_up(unit: Unit) -> bool:
    """Whether something beneath the unit, itself included, has changed and is not in its totals yet."""
    return DirtyMark.objects.filter(unit__path__startswith=unit.path).exists()
