"""Forms of the calendar: a new activity, the steps of its life, and what a unit did in it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scope import units_for
from core import clock
from plans.fields import DayField, FigureField, ManyField, SectionField, select, text_area, text_input
from plans.models import Plan, Section
from targets.enums import IndicatorKind
from targets.models import Indicator
from units.models import Bloc, Unit
from units.selectors import top_unit

from .arranging.fields import add_arrangements, stands
from .enums import Precision, Scope
from .models import Activity, Occurrence
from .occurrences.wording import occurrence_text
from .rules import RECORDING_ROLES, planning_grants
from .selectors import current_windows, occurrences_of, units_taking_part
from .timing import Span, spread
from .window_rows import WindowRowsForm, is_of_window, window_initial

# The name of the button that adds a row to an activity's form.
ANOTHER_TIME = "another_time"


class TimeForm(forms.Form):
    """A time as precisely as it is known: a precision, a day in it, and a last day where it runs on."""

    precision = forms.ChoiceField(label=_("How precisely is it known?"), choices=Precision.choices, widget=select())
    starts_on = DayField(label=_("First day"), help_text=_("For a month or a quarter any day in it will do."))
    ends_on = DayField(label=_("Last day"), required=False, help_text=_("Only where it runs on."))

    def clean(self) -> dict[str, Any]:
        """The last day does not come before the first."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The end lies before the start."))
        return cleaned

    @property
    def windows(self) -> list[Span]:
        """The one window that was meant; none where no first day was given."""
        first = self.cleaned_data.get("starts_on")
        if first is None:
            return []
        return [spread(self.cleaned_data["precision"], first, self.cleaned_data.get("ends_on"))]


class ActivityForm(WindowRowsForm):
    """A new activity of a unit for which the person may enter one; the time may be left open."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), widget=select())
    name = forms.CharField(label=_("Activity"), max_length=300, widget=text_input())
    scope = forms.ChoiceField(label=_("Who does it"), choices=Scope.choices, widget=select())
    bloc = forms.ModelChoiceField(
        label=_("Bloc"),
        queryset=Bloc.objects.none(),
        required=False,
        empty_label=_("no bloc"),
        help_text=_("For a bloc's own only."),
        widget=select(),
    )
    section = SectionField(label=_("Section of the plan"), empty_label=_("no section"))
    is_tentative = forms.BooleanField(
        label=_("The time is tentative"), required=False, widget=forms.CheckboxInput({"class": "form-check-input"})
    )
    repeats = forms.IntegerField(
        label=_("How many times"), min_value=1, initial=1, widget=forms.NumberInput({"class": "form-control"})
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False, widget=text_input())
    indicators = ManyField(
        label=_("Its outcome counts for"),
        queryset=Indicator.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, user: User, plan: Plan | None, times: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grants = planning_grants(user)
        units = Unit.objects.filter(pk__in=[grant.unit_id for grant in grants])
        blocs = Bloc.objects.filter(owner__in=units).select_related("owner")
        choices = {
            "unit": units,
            "bloc": blocs,
            "section": plan.sections.order_by("order") if plan else Section.objects.none(),
            "indicators": self._catalogue(units.first()),
        }
        for name, queryset in choices.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]
        self.fields["unit"].initial = plan.unit_id if plan else units.first()
        if plan is None:
            del self.fields["section"]
        self._arrange(user, units)
        self.add_rows(times)

    def _arrange(self, user: User, units: Any) -> None:
        add_arrangements(self, user=user, units=units)

    @staticmethod
    def _catalogue(unit: Unit | None) -> Any:
        if unit is None:
            return Indicator.objects.none()
        return Indicator.objects.filter(owner=top_unit(unit), merged_into__isnull=True).order_by("folded")

    @property
    def facts(self) -> dict[str, Any]:
        """Arguments for ``plan_activity``, without the plan and the windows."""
        return {name: value for name, value in self.cleaned_data.items() if not is_of_window(name)}


class RevisionForm(ActivityForm):
    """An activity of a draft as it stands, with all its windows of time."""

    def __init__(self, *args: Any, user: User, activity: Activity, times: int = 0, **kwargs: Any) -> None:
        stored = current_windows(activity)
        self._activity = activity
        super().__init__(*args, user=user, plan=activity.plan, times=max(times, len(stored)), **kwargs)
        del self.fields["unit"]
        # The blocs of its own unit: an officer above holds no role there.
        self.fields["bloc"].queryset = Bloc.objects.filter(owner=activity.unit_id)  # type: ignore[attr-defined]
        names = ("name", "scope", "bloc", "section", "is_tentative", "repeats", "place")
        now: dict[str, Any] = {name: getattr(activity, name) for name in names}
        now |= {"indicators": list(activity.indicators.all()), **window_initial(stored), **stands(activity)}
        self.initial = {**now, **self.initial}

    def _arrange(self, user: User, units: Any) -> None:
        activity = self._activity
        add_arrangements(self, user=user, units=[activity.unit], bloc=activity.bloc, activity=activity)


Made = TypeVar("Made", bound=ActivityForm)


def activity_form(make: Callable[..., Made], data: QueryDict | None, initial: dict[str, Any] | None = None) -> Made:
    """Return the form that ``make`` makes: of ``data`` where something was sent (null: nothing).

    Where the button was pressed that adds a row, it holds what was typed, not judged yet, and is one row longer.
    """
    if data is None or ANOTHER_TIME not in data:
        return make(data, initial=initial or {})
    lists = {name: data.getlist(name) for name in ("indicators", "coordinating")}
    typed = {**data.dict(), **lists, "is_tentative": "is_tentative" in data}
    form = make(initial=typed, times=sum(name.startswith("starts_on_") for name in data) + 1)
    form.fields[f"starts_on_{form.rows - 1}"].widget.attrs["autofocus"] = True
    return form


class DoneForm(forms.Form):
    """The day on which an activity was done."""

    done_on = DayField(label=_("Done on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Several forms stand on one page: the ids of each are its own.
        super().__init__(*args, **{"auto_id": "done_%s", **kwargs})
        self.fields["done_on"].initial = clock.today()


class PostponeForm(TimeForm):
    """The new time of an activity, and why it moves."""

    reason = forms.CharField(label=_("Reason"), widget=text_area(2))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "postpone_%s", **kwargs})


class CancelForm(forms.Form):
    """Why an activity is called off."""

    reason = forms.CharField(label=_("Reason"), widget=text_area(2))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "cancel_%s", **kwargs})


class OutcomeForm(forms.Form):
    """What a unit did in an activity: day, people, and an amount for each indicator that the activity feeds."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), widget=select())
    done_on = DayField(label=_("Held on"))
    people = forms.IntegerField(
        label=_("People taking part"),
        min_value=0,
        max_value=10_000_000,
        required=False,
        widget=forms.NumberInput({"class": "form-control", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, activity: Activity, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_taking_part(activity) & units_for(user, *RECORDING_ROLES)
        self.fields["unit"].queryset = units.order_by("path")  # type: ignore[attr-defined]
        self.fields["unit"].initial = units.order_by("path").first()
        self.fields["done_on"].initial = activity.done_on or clock.today()
        self._indicators = [one for one in activity.indicators.all() if one.kind == IndicatorKind.AMOUNT]
        self._offer_occurrences(occurrences_of(activity))
        for indicator in self._indicators:
            label = f"{indicator.name} ({indicator.measure})"
            self.fields[f"figure_{indicator.pk}"] = FigureField(label=label, required=False)
        self.fields["note"] = forms.CharField(label=_("Note"), required=False, widget=text_area(2))

    @property
    def indicators(self) -> list[Indicator]:
        """The indicators that are asked for."""
        return self._indicators

    def _offer_occurrences(self, occurrences: list[Occurrence]) -> None:
        """Ask which time it was, where the activity takes place several times."""
        self._occurrences = {str(one.number): one for one in occurrences}
        if occurrences:
            offered = [(number, occurrence_text(one)) for number, one in self._occurrences.items()]
            self.fields["occurrence"] = forms.ChoiceField(label=_("Which time"), choices=offered, widget=select())
            self.order_fields(["unit", "occurrence"])

    @property
    def occurrence(self) -> Occurrence | None:
        """The one that was chosen; null where the activity has none."""
        return self._occurrences.get(self.cleaned_data.get("occurrence", ""))

    @property
    def figures(self) -> dict[Indicator, Decimal]:
        """The amounts that were given, by indicator."""
        given = {indicator: self.cleaned_data.get(f"figure_{indicator.pk}") for indicator in self._indicators}
        return {indicator: amount for indicator, amount in given.items() if amount is not None}


def at_first_day(error: ValidationError, field: str = "starts_on") -> ValidationError:
    """Show what the service says about windows at ``field``, that of a first day."""
    if not hasattr(error, "error_dict"):
        return error
    return ValidationError({field if name == "windows" else name: said for name, said in error.message_dict.items()})
