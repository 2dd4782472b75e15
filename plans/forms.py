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
from .fields import DayField, SectionField, select, text_area, text_input
from .heads import version_of
from .models import Plan, Section
from .selectors import possible_bases
from .wording import section_text
from .writing.numbering import Style


class FactsForm(forms.Form):
    """What a draft says of itself, whoever wrote it."""

    kind = forms.ChoiceField(label=_("Kind of document"), choices=PlanKind.choices, widget=select())
    title = forms.CharField(label=_("Title"), max_length=300, widget=text_input())
    theme = forms.CharField(label=_("Theme of the year"), max_length=200, required=False, widget=text_input())
    starts_on = DayField(label=_("Term starts on"))
    ends_on = DayField(label=_("Term ends on"))


class CorrectionForm(FactsForm):
    """The same of a draft that stands, to be corrected. ``version`` is what the person saw."""

    version = forms.CharField(max_length=20, widget=forms.HiddenInput())

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        names = list(FactsForm.base_fields)
        standing = {name: getattr(plan, name) for name in names}
        kwargs["initial"] = {**standing, "version": version_of(plan, names)}
        super().__init__(*args, **kwargs)


class PlanForm(FactsForm):
    """A new draft of one of the units at which the person is an officer."""

    field_order = ("unit",)
    unit = forms.ModelChoiceField(label=_("Issuing body"), queryset=Unit.objects.none(), widget=select())
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
        self.fields["based_on"].queryset = possible_bases(*units, user=user)  # type: ignore[attr-defined]
        year = clock.today().year + 1
        self.fields["starts_on"].initial = clock.today().replace(year=year, month=1, day=1)
        self.fields["ends_on"].initial = clock.today().replace(year=year, month=12, day=31)


class BaseForm(forms.Form):
    """The plan of a body above that a draft makes concrete; one named before stays a choice when it is amended."""

    based_on = forms.ModelChoiceField(
        label=_("Makes concrete"),
        queryset=Plan.objects.none(),
        required=False,
        empty_label=_("no document of a body above"),
        widget=select(),
    )

    def __init__(self, *args: Any, plan: Plan, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = Plan.objects.filter(pk__in=[plan.based_on_id] if plan.based_on_id else []).select_related("unit")
        choices = possible_bases(plan.unit, user=user) | named
        self.fields["based_on"].queryset = choices  # type: ignore[attr-defined]
        self.fields["based_on"].initial = plan.based_on_id


class SectionForm(forms.Form):
    """A section of a draft: a new one comes last under the one above it; ``section`` is one that stands already."""

    parent = SectionField(label=_("Under"), empty_label=_("the document itself"))
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

    def __init__(self, *args: Any, plan: Plan, section: Section | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = plan.sections.order_by("order")
        if section is not None:
            others = others.exclude(pk=section.pk)
            words = ("parent", "number", "heading", "text", "topic")
            self.initial = {name: getattr(section, name) for name in words}
        self.fields["parent"].queryset = others  # type: ignore[attr-defined]


class RenumberForm(forms.Form):
    """Which numbers are to run on, and how they are written. Read from the address of the preview."""

    beside = forms.ModelChoiceField(
        label=_("Which sections"),
        queryset=Section.objects.none(),
        required=False,
        empty_label=_("the whole document"),
        widget=select(),
    )
    style = forms.ChoiceField(
        label=_("Written as"),
        required=False,
        choices=[("", _("as the document writes them")), *Style.choices],
        help_text=_("A manner can be chosen for one group. Sections without a number get one only then."),
        widget=select(),
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A group is named by its first section.
        firsts: dict[int | None, int] = {}
        for section in plan.sections.order_by("order"):
            firsts.setdefault(section.parent_id, section.pk)
        groups = plan.sections.filter(pk__in=list(firsts.values()))
        field = self.fields["beside"]
        field.queryset = groups.select_related("parent").order_by("order")  # type: ignore[attr-defined]
        field.label_from_instance = _group_words  # type: ignore[attr-defined]

    @property
    def group(self) -> Section | None:
        """The first section of the group; null: the whole document."""
        return self.cleaned_data.get("beside")

    @property
    def written_as(self) -> str:
        """The style chosen for a group; blank: as the document writes them."""
        return str(self.cleaned_data.get("style") or "") if self.group else ""


def _group_words(first: Section) -> str:
    if first.parent is None:
        return str(_("the sections of the first level"))
    return str(_("the sections under “%(section)s”") % {"section": section_text(first.parent)})


class DeletionForm(forms.Form):
    """Where what hangs on a section goes when it is deleted; asked only where there are such ``things``."""

    into = SectionField(label=_("They go to"), empty_label=_("no section"))

    def __init__(self, *args: Any, section: Section, things: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not things:
            del self.fields["into"]
            return
        others = section.plan.sections.exclude(pk=section.pk).order_by("order")
        self.fields["into"].queryset = others  # type: ignore[attr-defined]
        self.fields["into"].initial = section.parent_id


class IssueForm(forms.Form):
    """Number, date and place under which a plan is issued; the symbol follows from number, kind and unit."""

    number = forms.IntegerField(
        label=_("Number"), min_value=1, widget=forms.NumberInput({"class": "form-control", "inputmode": "numeric"})
    )
    issued_on = DayField(label=_("Dated"))
    place = forms.CharField(label=_("Place"), max_length=80, required=False, widget=text_input())

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].initial = plan.number  # as its document says, where it was read from one
        self.fields["issued_on"].initial = plan.issued_on or clock.today()
        self.fields["place"].initial = plan.place or plan.unit.place_of_issue


class ReturnForm(forms.Form):
    """Why a plan goes back to its officers."""

    reason = forms.CharField(label=_("What has to be changed"), widget=text_area(3))
