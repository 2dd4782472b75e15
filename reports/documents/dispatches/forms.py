"""The form that asks for a reminder dispatch."""

from django import forms
from django.utils.translation import gettext_lazy as _

from targets.calendar import Month, Span
from units.models import Unit, UnitQuerySet


class DispatchForm(forms.Form):
    """Of which body, about which month."""

    unit = forms.ModelChoiceField(
        label=_("Issuing body"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        empty_label=None,
        widget=forms.Select({"class": "form-select"}),
    )
    month = forms.ChoiceField(label=_("Month"), widget=forms.Select({"class": "form-select"}))

    def __init__(self, *args: object, units: UnitQuerySet, months: list[Month], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        names = [(str(month), Span.of_month(month).paper_name.capitalize()) for month in reversed(months)]
        self.fields["month"].choices = names  # type: ignore[attr-defined]

    def clean_month(self) -> Month:
        """Return the month; one that is not offered is refused by the field itself."""
        return Month.parse(self.cleaned_data["month"])
