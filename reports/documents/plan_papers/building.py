"""From the database to the paper of a plan."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from activities.enums import Scope
from activities.models import Activity
from activities.selectors import current_windows, former_windows, in_plan_order
from activities.wording import time_text
from core import clock
from core.folding import fold
from core.jobs import JobFailed
from plans.enums import ISSUED_STATES, PLAN_SYMBOLS, PlanKind
from plans.models import Plan, Section
from reports.documents.building import head_of, recipients_of, signer_of, symbol_of
from reports.documents.building.asked import asked_groups, title_of_section
from reports.documents.context import Head
from targets.models import Target
from targets.wording import bounds_text

from .context import ActivityGroup, PlanActivity, PlanPaper, PlanPart

DISPATCH, DISPATCH_NAME = "CV/", "Công văn"
ADDRESSED = "Các tổ chức Đoàn trực thuộc"
APPENDIX = "phu luc"
OTHERS = "Nội dung khác"


def symbol_of_plan(plan: Plan) -> str:
    """Return "NQ/ĐTN": what the plan bears beside its number, or will bear."""
    return plan.bare_symbol or symbol_of(plan.unit, PLAN_SYMBOLS[PlanKind(plan.kind)])


def type_name_of(plan: Plan) -> str:
    """Return "Nghị quyết"; whatever a plan is, its paper is a dispatch where its symbol says so."""
    return DISPATCH_NAME if symbol_of_plan(plan).startswith(DISPATCH) else str(plan.get_kind_display())


def title_of(plan: Plan) -> str:
    """Return the paper's title as the register shows it."""
    return f"{type_name_of(plan)}: {plan.title}"[:300]


def build_plan_paper(plan: Plan) -> PlanPaper:
    """Gather the plan as it stands now, a draft until it is issued. Raises JobFailed where it says nothing."""
    sections = list(plan.sections.select_related("parent__parent").order_by("order"))
    if not sections:
        raise JobFailed("Văn bản chưa có nội dung nên chưa in được.")
    targets = list(
        Target.objects.filter(plan=plan).select_related("plan__unit", "indicator", "section__parent").order_by("order")
    )
    activities = list(in_plan_order(Activity.objects.filter(plan=plan)))
    text, appendices = _parted(sections, _items(targets, activities))
    type_name = type_name_of(plan)
    return PlanPaper(
        draft=plan.state not in ISSUED_STATES,
        head=_head(plan),
        type_name=type_name,
        addressed=ADDRESSED if type_name == DISPATCH_NAME else "",
        title=plan.title,
        issuer=f"Ban Thường vụ {plan.unit.name}",
        theme=_theme(plan, sections),
        as_of=clock.today(),
        parts=text,
        appendices=appendices,
        target_groups=asked_groups(plan, [target for target in targets if target.restates_id is None]),
        activity_groups=_activity_groups(activities, {section.pk: section for section in sections}),
        recipients=recipients_of(plan),
        archive="VP",
        signer=signer_of(plan.unit),
    )


def _head(plan: Plan) -> Head:
    """The plan's own number and date, once it is issued; what a draft's document bears is no number yet."""
    head = replace(head_of(plan.unit, symbol_of_plan(plan)), place=plan.place or plan.unit.place_of_issue)
    return replace(head, number=plan.number, dated=plan.issued_on) if plan.state in ISSUED_STATES else head


def _theme(plan: Plan, sections: Sequence[Section]) -> str:
    said = fold(" ".join(f"{section.heading} {section.text}" for section in sections))
    return "" if fold(plan.theme) in said else plan.theme


def _items(targets: Sequence[Target], activities: Sequence[Activity]) -> Mapping[int | None, list[str]]:
    """What hangs on each section, in words, the targets first."""
    found: dict[int | None, list[str]] = defaultdict(list)
    for target in targets:
        found[target.section_id].append(f"{target.code}. {target.name}: {bounds_text(target)}.")
    for activity in activities:
        time = _time_of(activity)
        found[activity.section_id].append(f"- {activity.name} ({time.lower()})." if time else f"- {activity.name}.")
    return found


def _parted(
    sections: Sequence[Section], items: Mapping[int | None, list[str]]
) -> tuple[tuple[PlanPart, ...], tuple[PlanPart, ...]]:
    """The text and the plan's own annexes, which stand behind the signature."""
    parents = {section.parent_id for section in sections}
    text: list[PlanPart] = []
    appendices: list[PlanPart] = []
    into = text
    for section in sections:
        if section.depth == 1:
            into = appendices if fold(section.number).startswith(APPENDIX) else text
        is_silent = not section.text.strip() and section.pk not in parents
        into.append(
            PlanPart(
                number=section.number,
                heading=section.heading,
                depth=section.depth,
                paragraphs=tuple(line.strip() for line in section.text.splitlines() if line.strip()),
                items=tuple(items.get(section.pk, ())) if is_silent else (),
            )
        )
    return tuple(text), tuple(appendices)


def _activity_groups(activities: Sequence[Activity], sections: Mapping[int, Section]) -> tuple[ActivityGroup, ...]:
    groups: dict[str, list[PlanActivity]] = defaultdict(list)
    for activity in activities:
        section = sections.get(activity.section_id or 0)
        row = PlanActivity(name=activity.name, time=_time_of(activity), who=_who(activity))
        groups[title_of_section(section) or OTHERS].append(row)
    return tuple(ActivityGroup(heading=heading, rows=tuple(rows)) for heading, rows in groups.items())


def _time_of(activity: Activity) -> str:
    """When the plan has it take place, whatever was moved since; empty where the plan does not say."""
    windows = former_windows(activity) or current_windows(activity)
    return time_text(windows, is_tentative=activity.is_tentative) if windows else ""


def _who(activity: Activity) -> str:
    if activity.scope == Scope.ALL_UNITS:
        return "Các đơn vị trực thuộc"
    return activity.bloc.name if activity.bloc else activity.unit.short_name or activity.unit.name
