"""What targets do with a document: store what reading finds, and stand as a step of the screen.

Registered with ``plans.reading.steps``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plans.enums import ProposalState
from plans.models import Plan, Section
from plans.outline import Outline
from plans.proposals.contradictions import keep_contradictions
from plans.proposals.keeping import Fresh, keep_found
from plans.proposals.shelf import progress_of
from plans.reading.pane import Mark
from plans.reading.steps import Step
from targets.extraction import ProposedTarget, read_targets
from targets.models import TargetProposal

from .finding import catalogue_of, kinds_directly_below, values_found
from .keys import TargetValues, values_of


def store_targets(*, plan: Plan, outline: Outline, sections: Mapping[int, Section]) -> None:
    """Store the targets found in the document; decisions stay as they are (``plans.reading.steps.Reader``)."""
    reading = read_targets(outline, known=catalogue_of(plan))
    keep_contradictions(plan=plan, found=reading.contradictions)
    keep_targets(plan=plan, found=reading.proposals, sections=sections)


def keep_targets(*, plan: Plan, found: Sequence[ProposedTarget], sections: Mapping[int, Section]) -> None:
    """Store proposals beside those that a person has decided on or typed in; the caller holds the plan's row."""
    direct = kinds_directly_below(plan.unit)
    fresh = [
        Fresh(
            start=one.start,
            end=one.end,
            section=one.section,
            found=values_found(one, direct).as_json(),
            doubts=[{"code": doubt.code, "says": doubt.says} for doubt in one.doubts],
        )
        for one in found
    ]
    rows = keep_found(model=TargetProposal, plan=plan, text=plan.text, fresh=fresh, sections=sections, is_same=_is_same)
    _link_repetitions(found, rows)


def _is_same(fresh: Fresh, row: TargetProposal) -> bool:
    """Whether a proposal that was there says the figure that was found now: by the words, else by its bounds."""
    figure = (row.found or {}).get("figure") or {}
    now = fresh.found["figure"]
    if figure:
        return all(_number(figure.get(name)) == _number(now[name]) for name in ("low", "high"))
    values = values_of(None, row.wish)
    if row.target is not None:
        values = replace(values, minimum=row.target.minimum, maximum=row.target.maximum)
    found = TargetValues.from_json(fresh.found)
    return (values.minimum, values.maximum) == (found.minimum, found.maximum)


def _number(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text is not None else None
    except InvalidOperation:
        return None


def _link_repetitions(found: Sequence[ProposedTarget], rows: Sequence[TargetProposal]) -> None:
    """Where one says an earlier one again, name that one's row; also in its correction, which speaks for it."""
    linked = []
    for one, row in zip(found, rows, strict=True):
        if one.restates is None or row.found is None or row.state != ProposalState.OPEN:
            continue
        original = rows[one.restates]
        said = [row.found] if row.wish is None else [row.found, row.wish]
        if original.pk != row.pk and any(words.get("restates") != original.pk for words in said):
            for words in said:
                words["restates"] = original.pk
            linked.append(row)
    TargetProposal.objects.bulk_update(linked, ["found", "wish"])


def _marks(plan: Plan) -> list[Mark]:
    """Places of accepted targets, for those who only read the plan."""
    accepted = TargetProposal.objects.filter(plan=plan, state=ProposalState.ACCEPTED, target__isnull=False)
    rows = accepted.values_list("pk", "start", "end", "target__code")
    return [Mark(start=start, end=end, key=f"t{pk}", state="accepted", label=code) for pk, start, end, code in rows]


STEP = Step(
    key="targets",
    label=_("Targets"),
    address=lambda plan: reverse("targets:reading", args=[plan.pk]),
    count=lambda plan: progress_of(TargetProposal, plan),
    marks=_marks,
)
