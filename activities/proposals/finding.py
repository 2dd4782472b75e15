"""From what the reader of texts proposes to what an activity proposal says; and reading a few words by themselves."""

from dataclasses import replace

from activities.extraction import ProposedActivity, read_activities
from activities.timing import Span
from plans.models import Plan
from plans.proposals.selecting import Selection

from .keys import ActivityValues

# Under such a heading documents of the genre list their activities.
HEADING = "LỊCH HOẠT ĐỘNG"


def values_found(one: ProposedActivity, text: str) -> ActivityValues:
    """Return what was found in ``text`` as it is stored."""
    return ActivityValues(
        name=one.name,
        scope=one.scope,
        windows=tuple(Span(span.starts_on, span.ends_on, str(span.precision)) for span in one.windows),
        is_tentative=one.tentative,
        repeats=one.repeats,
        time_quote=text[one.time[0] : one.time[1]] if one.time else "",
    )


def values_in(plan: Plan, selection: Selection) -> ActivityValues:
    """Return what can be read out of marked words, as a beginning for a person; the name alone where nothing can."""
    outline = selection.as_document(HEADING, plan.starts_on.year)
    reading = read_activities(outline)
    if not reading.proposals:
        return ActivityValues(name=selection.name)
    found = values_found(reading.proposals[0], outline.text)
    return replace(found, name=found.name or selection.name)
