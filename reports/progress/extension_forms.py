"""Forms of more time: what the unit asks, and what an officer above answers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .models import ProgressReport
from .period_forms import CONTROL, day_field
from .services.extensions import check_extension


class PleaForm(forms.Form):
    """Why the unit needs more time; the officers above read it."""

    plea = forms.CharField(
        label=_("Why the unit needs more time, and until when"),
        max_length=400,
        widget=forms.Textarea({**CONTROL, "rows": 3}),
        error_messages={"required": _("Write in a sentence why, and until when.")},
    )


class DeclineForm(forms.Form):
    """Why the unit gets no more time; it reads this."""

    why_not = forms.CharField(
        label=_("Reason"),
        max_length=400,
        widget=forms.Textarea({**CONTROL, "rows": 2}),
        error_messages={"required": _("Write the reason: the unit must know why the days stay as they are.")},
    )


class ExtensionForm(forms.Form):
    """Until when one report is taken, and why."""

    locks_on = day_field(_("Take the report until"))
    due_on = day_field(
        _("In time until"),
        required=False,
        help_text=_("Blank: what comes after the due day is taken, and counts as late."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=400,
        help_text=_("The unit reads it; it stays in the report's history."),
        widget=forms.Textarea({**CONTROL, "rows": 2}),
        error_messages={"required": _("Write the reason: it stays in the report's history.")},
    )

    def __init__(self, *args: Any, report: ProgressReport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if "due_on" in values and "locks_on" in values:
            check_extension(report=self.report, locks_on=values["locks_on"], due_on=values["due_on"])
        return values

    def clean_reason(self) -> str:
        """Return the sentence. Raises ValidationError where nothing but blanks was typed."""
        reason: str = self.cleaned_data["reason"].strip()
        if not reason:
            raise ValidationError(self.fields["reason"].error_messages["required"])
        return reason
