"""The form that asks for a quarter's calendar."""

from django import forms
from django.utils.translation import gettext_lazy as _

from targets.calendar import Span
from units.models import Unit, UnitQuerySet


class CalendarForm(forms.Form):
    """Of which body, of which quarter."""

    unit = forms.ModelChoiceField(
        label=_("Issuing body"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        empty_label=None,
        widget=forms.Select({"class": "form-select"}),
    )
    quarter = forms.ChoiceField(label=_("Quarter"), widget=forms.Select({"class": "form-select"}))

    def __init__(self, *args: object, units: UnitQuerySet, year: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        spans = [Span(each, first, first + 2) for each in (year, year + 1) for first in (1, 4, 7, 10)]
        names = [(str(span), span.paper_name[:1].upper() + span.paper_name[1:]) for span in spans]
        self.fields["quarter"].choices = names  # type: ignore[attr-defined]

    def clean_quarter(self) -> Span:
        """Return the span; one that is not offered is refused by the field itself."""
        return Span.parse(self.cleaned_data["quarter"])
