"""The form that asks for scorecards."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.enums import Basis
from targets.calendar import Month, Span


class ScorecardForm(forms.Form):
    """Which month, from which figures."""

    month = forms.ChoiceField(label=_("Month"), widget=forms.Select({"class": "form-select"}))
    basis = forms.ChoiceField(
        label=_("Figures"), choices=Basis.choices, initial=Basis.OFFICIAL, widget=forms.Select({"class": "form-select"})
    )

    def __init__(self, *args: object, months: list[Month], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        names = [(str(month), Span.of_month(month).paper_name.capitalize()) for month in months]
        self.fields["month"].choices = names  # type: ignore[attr-defined]

    def clean_month(self) -> Month:
        """Return the month; one that is not offered is refused by the field itself."""
        return Month.parse(self.cleaned_data["month"])
