"""From the targets of a plan to what paper says they ask, and whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from plans.models import Plan, Section
from reports.documents.asked import AskedGroup, AskedTarget, Share
from targets.enums import Carrier
from targets.models import Target
from targets.wording import carriers_text

from .targets import heading_of, restatements

NO_SHARE = Share()


def asked_groups(
    plan: Plan, targets: Iterable[Target], shares: Mapping[int, Share] | None = None
) -> tuple[AskedGroup, ...]:
    """Return the targets under the plan's own headings, in their order. ``shares``: target id → its share."""
    restated, known = restatements([plan]), shares or {}
    groups: dict[str, list[AskedTarget]] = defaultdict(list)
    for target in targets:
        row = asked_target(target, restated.get(target.pk, ()), known.get(target.pk, NO_SHARE))
        groups[heading_of(target.section)].append(row)
    return tuple(AskedGroup(heading=heading, rows=tuple(rows)) for heading, rows in groups.items())


def asked_target(target: Target, restated: Iterable[str] = (), share: Share = NO_SHARE) -> AskedTarget:
    """Return one target; ``restated`` are the codes under which the plan states it again."""
    again = ", ".join(restated)
    return AskedTarget(
        clause=target.code,
        content=target.name + (f" (nêu lại tại {again})" if again else ""),
        measure=target.indicator.measure,
        measured=target.indicator.kind,  # type: ignore[arg-type]
        carried_by=target.carried_by,  # type: ignore[arg-type]
        minimum=target.minimum,
        maximum=target.maximum,
        required_share=target.required_share,
        who=who_carries(target),
        due_on=target.due_on,
        share=share,
    )


def who_carries(target: Target) -> str:
    """Return who carries the target, as a cell of a table names them."""
    match target.carried_by:
        case Carrier.ISSUER_OWN:
            return target.plan.unit.short_name or target.plan.unit.name
        case Carrier.POOLED:
            return "Các đơn vị trực thuộc"
        case Carrier.EACH_BLOC:
            return "Từng khối thi đua"
    return f"Từng {carriers_text(target)}"


def title_of_section(section: Section | None) -> str:
    """Return "V.2. Hoạt động của Đoàn Khối"; where it bears no number, that of its parent and its own heading.

    Empty for no section. Sections with their ``parent`` loaded ask nothing.
    """
    if section is None:
        return ""
    words = section.heading or " ".join(section.text.split())[:80]
    if section.number:
        places = [place.partition("#")[0] for place in section.address.split("/")]
        return f"{'.'.join(place for place in places if place != '-')}. {words}".removesuffix(". ")
    return " – ".join(part for part in (title_of_section(section.parent), words) if part)
