"""Forms of the register."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import SENSIBLE_DAYS
from reports.enums import Basis
from targets.calendar import Span
from units.models import Unit, UnitQuerySet


class RequestForm(forms.Form):
    """Which report, of which unit, over which span, from which figures."""

    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        empty_label=None,
        widget=forms.Select({"class": "form-select"}),
    )
    span = forms.ChoiceField(label=_("Span"), widget=forms.Select({"class": "form-select"}))
    basis = forms.ChoiceField(label=_("Figures"), choices=Basis.choices, widget=forms.RadioSelect)

    def __init__(self, *args: object, units: UnitQuerySet, spans: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["span"].choices = spans  # type: ignore[attr-defined]

    def clean_span(self) -> Span:
        """Return the span; one that is not offered is refused by the field itself."""
        return Span.parse(self.cleaned_data["span"])


class IssueForm(forms.Form):
    """The number and date under which a draft is issued; ``is_fixed``: it bears them already, and keeps them."""

    number = forms.IntegerField(
        label=_("Number"), min_value=1, max_value=99_999, widget=forms.NumberInput({"class": "form-control"})
    )
    dated = forms.DateField(
        label=_("Date"),
        validators=SENSIBLE_DAYS,
        widget=forms.DateInput({"class": "form-control", "type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: object, is_fixed: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for field in self.fields.values():
            field.disabled = is_fixed
