"""What changed in a plan's targets from one version to another; registered with ``plans.versions.differences``."""

from django.utils.translation import gettext as _

from core.templatetags.portal_numbers import vn_date, vn_number
from plans.models import Plan
from plans.versions.differences import Described, Part, rows_of

from .models import Target
from .wording import bounds_text, carriers_text


def targets_part(old: Plan, new: Plan) -> Part:
    """Return the targets of both versions: what each commits to, who carries it, from when and by when."""
    origins = dict(Target.objects.filter(plan__unit=new.unit_id, origin__isnull=False).values_list("pk", "origin"))
    return Part(_("Targets"), list(rows_of(_targets(old), _targets(new), origins, _described)))


def _targets(plan: Plan) -> list[Target]:
    rows = plan.targets.select_related("indicator", "restates").prefetch_related("phases")
    return list(rows.order_by("order"))


def _described(target: Target) -> Described:
    phases = [f"{vn_date(phase.due_on)}: {vn_number(phase.minimum)}" for phase in target.phases.all()]
    return target.code, [
        ("", target.name),
        (_("Code"), target.code),
        (_("Commitment"), bounds_text(target)),
        (_("Carried by"), carriers_text(target)),
        (_("What is counted"), target.indicator.name),
        (_("From"), vn_date(target.starts_on)),
        (_("To be done by"), vn_date(target.due_on)),
        (_("In steps"), "; ".join(phases)),
        (_("Repeats"), target.restates.code if target.restates else ""),
    ]
