"""Writing over what a draft says of itself at its head: kind, title, theme, term and what its document bears."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.folding import fold

from .models import Plan
from .rules import can_draft
from .services import lock_draft
from .terms import follow_term


def version_of(plan: Plan, names: Iterable[str]) -> str:
    """Return a mark of these fields as they stand; it is another one after every change of one of them."""
    facts = [str(getattr(plan, name)) for name in sorted(names)]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]


@transaction.atomic
def rewrite_head(*, actor: User | None, plan: Plan, version: str, facts: Mapping[str, Any]) -> Plan:
    """Write ``facts`` (fields of ``Plan``) over the draft's; what stood on the old term's days goes along.

    ``version`` is what the person saw of these fields (``version_of``). Raises PermissionDenied where the actor does
    not draft the plan; ValidationError where it is no draft any more (code ``not_draft``), at the field that is
    wrong, and with the code ``stale`` where somebody else has changed one of the fields since.
    """
    if actor is not None and not can_draft.test(actor, plan):
        raise PermissionDenied
    plan = lock_draft(plan=plan)
    if version != version_of(plan, facts):
        raise ValidationError(
            _("Somebody else has changed these fields meanwhile. Nothing was saved over it."), code="stale"
        )
    old_start, old_end = plan.starts_on, plan.ends_on
    for name, value in facts.items():
        setattr(plan, name, value)
    if plan.ends_on < plan.starts_on:
        raise ValidationError({"ends_on": _("The term ends before it starts.")})
    plan.title = " ".join(plan.title.split())
    plan.folded = fold(plan.title)[:400]
    plan.clean_fields(exclude=["folded"])
    plan.save(update_fields=[*facts, "folded"])
    follow_term(plan, old_start=old_start, old_end=old_end)
    return plan
