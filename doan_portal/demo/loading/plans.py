"""The catalogue and the two plans: drafted by an officer, sent to the leader, issued by the leader."""

from datetime import timedelta
from decimal import Decimal

from core import clock
from doan_portal.demo.facts.indicators import INDICATORS
from doan_portal.demo.facts.orientation_kgi import ORIENTATION
from doan_portal.demo.facts.resolution_qna import RESOLUTION
from doan_portal.demo.facts.shapes import PlanFact, TargetFact
from doan_portal.demo.facts.units import CENTRE
from plans.models import Plan, Section
from plans.services import add_section, create_plan, issue_plan, send_to_leader
from targets.models import Target
from targets.services import add_target, confirm_indicator, propose_indicator

from .activities import plan_activities
from .world import World, at

DRAFTED_BEFORE = timedelta(days=14)
SENT_BEFORE = timedelta(days=4)
# plan → who drafts and who signs
SIGNERS = {RESOLUTION.issuer: ("canbo", "lanhdao"), ORIENTATION.issuer: ("canbo.kg", "lanhdao.kg")}


def fill_catalogue(world: World) -> World:
    """Propose and confirm every indicator in the topmost unit's catalogue; return the world with them."""
    for fact in INDICATORS:
        indicator = propose_indicator(
            owner=world.units[CENTRE],
            name=fact.name,
            measure=fact.unit_of_measure,
            kind=fact.kind,
            over_time=fact.over_time,
            is_whole=fact.whole,
            topic=fact.topic,
        )
        confirm_indicator(actor=world.people["canbo.tw"], indicator=indicator)
    return World.read()


def issue_plans(world: World) -> None:
    """Draft and issue both plans, each on its own day."""
    for fact in (ORIENTATION, RESOLUTION):
        with clock.travel_to(at(fact.issued_on - DRAFTED_BEFORE, 8, 30)):
            plan = _draft(world, fact)
        officer, leader = (world.people[name] for name in SIGNERS[fact.issuer])
        with clock.travel_to(at(fact.issued_on - SENT_BEFORE, 15, 0)):
            plan = send_to_leader(actor=officer, plan=plan)
        with clock.travel_to(at(fact.issued_on, 8, 0)):
            issue_plan(
                actor=leader,
                plan=plan,
                number=fact.number,
                symbol=fact.symbol,
                issued_on=fact.issued_on,
                place=fact.place,
            )


def _draft(world: World, fact: PlanFact) -> Plan:
    officer = world.people[SIGNERS[fact.issuer][0]]
    plan = create_plan(
        actor=officer,
        unit=world.units[fact.issuer],
        kind=fact.kind,
        title=fact.title,
        theme=fact.theme,
        starts_on=fact.starts_on,
        ends_on=fact.ends_on,
        recipients=[{"name": recipient.name, "role": recipient.role} for recipient in fact.recipients],
    )
    sections = _write_sections(plan, fact)
    targets: dict[str, Target] = {}
    for target in fact.targets:
        targets[target.code] = _set_target(world, plan, target, sections, targets)
    plan_activities(world, fact, officer, plan, sections)
    return plan


def _write_sections(plan: Plan, fact: PlanFact) -> dict[str, Section]:
    """Return the sections by the facts' own addresses."""
    sections: dict[str, Section] = {}
    for section in fact.sections:
        sections[section.address] = add_section(
            plan=plan,
            number=section.number,
            heading=section.heading,
            text=section.text,
            parent=sections[section.parent] if section.parent else None,
            topic=section.topic,
        )
    return sections


def _set_target(
    world: World, plan: Plan, fact: TargetFact, sections: dict[str, Section], known: dict[str, Target]
) -> Target:
    return add_target(
        plan=plan,
        code=fact.code,
        name=fact.name,
        indicator=world.indicators[fact.indicator],
        carried_by=fact.carried_by,
        starts_on=fact.starts_on,
        due_on=fact.due_on,
        section=sections[fact.section],
        minimum=_decimal(fact.minimum),
        maximum=_decimal(fact.maximum),
        required_share=_decimal(fact.required_share),
        carrier_kinds=fact.carrier_kinds,
        carrier_reach=fact.carriers,
        restates=known[fact.restates] if fact.restates else None,
        phases=[(phase.due_on, Decimal(phase.minimum)) for phase in fact.phases],
    )


def _decimal(figure: int | None) -> Decimal | None:
    return None if figure is None else Decimal(figure)
