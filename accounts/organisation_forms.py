"""Forms with which administrators change the organisation. What is possible is judged by the services."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import SENSIBLE_DAYS
from units.enums import KIND_LEVELS, Kind, SuccessionKind
from units.models import UNIT_CODE, Bloc, BlocMembership, Unit, UnitQuerySet

CONTROL = {"class": "form-control"}
MOST_MEMBERS = 10_000_000


def _day_field(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput({**CONTROL, "type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=help_text, validators=SENSIBLE_DAYS)


def _members_field(*, required: bool) -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Members"),
        min_value=0,
        max_value=MOST_MEMBERS,
        required=required,
        widget=forms.NumberInput(CONTROL),
    )


class OrganisationForm(forms.Form):
    """The base: takes the unit that it is about."""

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit


class RenameForm(OrganisationForm):
    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(CONTROL))
    short_name = forms.CharField(
        label=_("Short name"),
        max_length=80,
        required=False,
        help_text=_("For narrow tables; empty: the name itself."),
        widget=forms.TextInput(CONTROL),
    )


class HeadcountForm(OrganisationForm):
    as_of = _day_field(_("As of"))
    members = _members_field(required=True)


class BlocForm(OrganisationForm):
    """Into a bloc of the unit above, or out of all."""

    bloc = forms.ModelChoiceField(
        label=_("Bloc"),
        queryset=Bloc.objects.none(),
        required=False,
        empty_label=_("In no bloc"),
        widget=forms.Select({"class": "form-select"}),
    )
    starts_on = _day_field(_("From"), _("The first day in the bloc. Months before keep the bloc that they were in."))

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, unit=unit, **kwargs)
        self.fields["bloc"].queryset = Bloc.objects.filter(owner=unit.parent)  # type: ignore[attr-defined]

    @staticmethod
    def now_of(unit: Unit) -> dict[str, Any]:
        """What the form shows at first: the bloc of today."""
        membership = BlocMembership.objects.on(clock.today()).filter(unit=unit).first()
        return {"bloc": membership.bloc_id if membership else None, "starts_on": clock.today()}


class OpenForm(OrganisationForm):
    """A new unit beneath ``unit``."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(CONTROL))
    short_name = RenameForm.base_fields["short_name"]
    code = forms.CharField(
        label=_("Unit code"),
        max_length=40,
        validators=[UNIT_CODE],
        help_text=_("Stays for ever, e.g. QNA-KCQ-061."),
        widget=forms.TextInput(CONTROL),
    )
    kind = forms.ChoiceField(label=_("Kind of unit"), choices=(), widget=forms.Select({"class": "form-select"}))
    opened_on = _day_field(_("Opened on"))
    members = _members_field(required=False)
    bloc = forms.ModelChoiceField(
        label=_("Bloc"),
        queryset=Bloc.objects.none(),
        required=False,
        empty_label=_("In no bloc"),
        widget=forms.Select({"class": "form-select"}),
    )
    origin = forms.ModelChoiceField(
        label=_("Split off from"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("From none"),
        help_text=_("A unit split off owes only targets that start after it opened."),
        widget=forms.Select({"class": "form-select"}),
    )
    is_reporting = forms.BooleanField(
        label=_("Reports monthly"),
        required=False,
        initial=True,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, unit=unit, **kwargs)
        beneath = [(kind.value, kind.label) for kind, level in KIND_LEVELS.items() if level > unit.level]
        self.fields["kind"].choices = beneath  # type: ignore[attr-defined]
        self.fields["bloc"].queryset = Bloc.objects.filter(owner=unit)  # type: ignore[attr-defined]
        self.fields["origin"].queryset = open_units(Unit.objects.filter(parent=unit))  # type: ignore[attr-defined]

    @staticmethod
    def is_possible(unit: Unit) -> bool:
        """Whether any kind of unit may stand beneath this one."""
        return unit.level < max(KIND_LEVELS[kind] for kind in Kind)


class CloseForm(OrganisationForm):
    """The end of ``unit``, with the sibling that takes over, where one does."""

    closed_on = _day_field(_("Closed on"), _("The first day that the unit is gone; its successor opens on that day."))
    successor = forms.ModelChoiceField(
        label=_("Successor"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("It inherits what this unit had reached. Open the new unit first."),
        widget=forms.Select({"class": "form-select"}),
    )
    kind = forms.ChoiceField(
        label=_("How it takes over"),
        choices=[(kind.value, kind.label) for kind in (SuccessionKind.WHOLE, SuccessionKind.MERGED)],
        widget=forms.Select({"class": "form-select"}),
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, unit=unit, **kwargs)
        siblings = Unit.objects.filter(parent=unit.parent_id).exclude(pk=unit.pk)
        self.fields["successor"].queryset = open_units(siblings)  # type: ignore[attr-defined]


def open_units(units: UnitQuerySet) -> UnitQuerySet:
    """Return those that are not closed, units that open in the future included."""
    return units.filter(closed_on__isnull=True)
