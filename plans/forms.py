"""Forms of a plan's life: a draft, its sections, issuing, returning."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import RoleName
from accounts.models import User
from accounts.scope import grants_of
from core import clock
from units.models import Unit

from .enums import PlanKind, Topic
from .fields import DayField, select, text_area, text_input
from .models import Plan, Section
from .selectors import possible_bases


class PlanForm(forms.Form):
    """A new draft of one of the units at which the person is an officer."""

    unit = forms.ModelChoiceField(label=_("Issuing body"), queryset=Unit.objects.none(), widget=select())
    kind = forms.ChoiceField(label=_("Kind of document"), choices=PlanKind.choices, widget=select())
    title = forms.CharField(label=_("Title"), max_length=300, widget=text_input())
    theme = forms.CharField(label=_("Theme of the year"), max_length=200, required=False, widget=text_input())
    starts_on = DayField(label=_("Term starts on"))
    ends_on = DayField(label=_("Term ends on"))
    based_on = forms.ModelChoiceField(
        label=_("Makes concrete"),
        queryset=Plan.objects.none(),
        required=False,
        empty_label=_("no document of a body above"),
        widget=select(),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [grant.unit_id for grant in grants_of(user) if grant.name == RoleName.OFFICER]
        units = Unit.objects.filter(pk__in=own)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].initial = units.first()
        bases = Plan.objects.none()
        for unit in units:
            bases |= possible_bases(unit)
        self.fields["based_on"].queryset = bases  # type: ignore[attr-defined]
        year = clock.today().year + 1
        self.fields["starts_on"].initial = clock.today().replace(year=year, month=1, day=1)
        self.fields["ends_on"].initial = clock.today().replace(year=year, month=12, day=31)


class SectionForm(forms.Form):
    """A section of a draft, added at the end of the one above it."""

    parent = forms.ModelChoiceField(
        label=_("Under"),
        queryset=Section.objects.none(),
        required=False,
        empty_label=_("the document itself"),
        widget=select(),
    )
    number = forms.CharField(
        label=_("Number in the document"),
        max_length=20,
        required=False,
        help_text=_("As the document writes it: III, 1, 1.7; empty for a dash."),
        widget=text_input(),
    )
    heading = forms.CharField(label=_("Heading"), max_length=500, required=False, widget=text_input())
    text = forms.CharField(label=_("Text"), required=False, widget=text_area(6))
    topic = forms.ChoiceField(
        label=_("Heading of the report"),
        required=False,
        choices=[("", _("none")), *Topic.choices],
        widget=select(),
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = plan.sections.order_by("order")  # type: ignore[attr-defined]


class RevisionForm(forms.Form):
    """The words of a section that stands already; its place stays."""

    number = SectionForm.base_fields["number"]
    heading = SectionForm.base_fields["heading"]
    text = SectionForm.base_fields["text"]
    topic = SectionForm.base_fields["topic"]


class IssueForm(forms.Form):
    """Number, date and place under which a plan is issued; the symbol follows from number, kind and unit."""

    number = forms.IntegerField(
        label=_("Number"), min_value=1, widget=forms.NumberInput({"class": "form-control", "inputmode": "numeric"})
    )
    issued_on = DayField(label=_("Dated"))
    place = forms.CharField(label=_("Place"), max_length=80, required=False, widget=text_input())

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issued_on"].initial = clock.today()
        self.fields["place"].initial = plan.unit.place_of_issue


class ReturnForm(forms.Form):
    """Why a plan goes back to its officers."""

    reason = forms.CharField(label=_("What has to be changed"), widget=text_area(3))
