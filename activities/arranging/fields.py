"""The fields of an activity's arrangements, alike in every form that has them."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from plans.fields import FigureField, ManyField, select, text_input
from units.models import Bloc, Unit

from ..models import Activity
from .checks import whole_sum
from .selectors import people_in_charge, units_to_ask


class MoneyField(FigureField):
    """A sum in whole đồng; empty is null."""

    def to_python(self, value: Any) -> Decimal | None:
        try:
            return whole_sum(super().to_python(value))
        except ValidationError as wrong:
            raise ValidationError(wrong.messages) from wrong


def add_arrangements(
    form: forms.Form, *, user: User, units: Iterable[Unit], bloc: Bloc | None = None, activity: Activity | None = None
) -> None:
    """Give a form the fields of arrangements of an activity of one of ``units``; ``activity`` null for a new one.

    The field of coordinating units is left out where there are none to choose.
    """
    chosen = list(units)
    named = [unit.pk for unit in activity.coordinating.all()] if activity else []
    people = people_in_charge([unit.pk for unit in chosen], bloc)
    if activity is not None and activity.owner_id is not None:
        people = people | User.objects.filter(pk=activity.owner_id)
    form.fields["owner"] = forms.ModelChoiceField(
        label=_("Person in charge"), queryset=people, required=False, empty_label=_("nobody yet"), widget=select()
    )
    offered = _offered(user, chosen, named)
    if offered.exists():
        form.fields["coordinating"] = ManyField(
            label=_("Coordinating units"),
            queryset=offered,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    help_text = _("In words, with where the money comes from.")
    form.fields["budget"] = forms.CharField(
        label=_("Budget"), max_length=300, required=False, widget=text_input(), help_text=help_text
    )
    form.fields["budget_amount"] = MoneyField(label=_("Budget in đồng"), required=False)


def _offered(user: User, units: Collection[Unit], named: Collection[int]) -> Any:
    near = units_to_ask(user, units).exclude(pk__in=[unit.pk for unit in units] if len(units) == 1 else [])
    return (near | Unit.objects.filter(pk__in=named)) if named else near


def stands(activity: Activity) -> dict[str, Any]:
    """Return what stands in the fields at first."""
    amount: Decimal | None = activity.budget_amount
    return {
        "owner": activity.owner_id,
        "coordinating": list(activity.coordinating.all()),
        "budget": activity.budget,
        "budget_amount": amount,
    }
