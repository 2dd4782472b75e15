"""What activities do when two indicators become one; registered with ``targets.merging``."""

from targets.models import Indicator

from .models import Activity, ParticipationFigure


def follow(source: Indicator, into: Indicator) -> int:
    """Let activities and outcome figures go over. Returns 0: outcomes are no reported entries.

    An outcome that carries both gets the sum: they were two figures of one thing.
    """
    for activity in Activity.objects.filter(indicators=source):
        activity.indicators.add(into)
        activity.indicators.remove(source)
    twins = {
        figure.participation_id: figure
        for figure in ParticipationFigure.objects.filter(indicator=into, participation__figures__indicator=source)
    }
    for figure in ParticipationFigure.objects.filter(indicator=source, participation__in=twins):
        twin = twins[figure.participation_id]
        twin.amount += figure.amount
        twin.save(update_fields=["amount"])
        figure.delete()
    ParticipationFigure.objects.filter(indicator=source).update(indicator=into)
    return 0
