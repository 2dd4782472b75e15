"""The form of one screen: what a unit did, filled in beforehand as far as it is known."""

from typing import Any

from django import forms

from accounts.models import User
from core import clock
from units.models import Unit

from ..forms import OutcomeForm
from ..models import Activity, Occurrence, Participation


class RecordingForm(OutcomeForm):
    """An outcome of ``unit`` in ``occurrence`` (null: to be chosen), or a correction of ``outcome``.

    What there is only one of is not asked for.
    """

    def __init__(
        self,
        *args: Any,
        activity: Activity,
        user: User,
        unit: Unit | None = None,
        occurrence: Occurrence | None = None,
        outcome: Participation | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, activity=activity, user=user, **kwargs)
        today = clock.today()
        held_on = occurrence.starts_on if occurrence and occurrence.starts_on else activity.done_on
        self.initial = {"done_on": min(held_on or today, today), **({"unit": unit} if unit else {}), **self.initial}
        if occurrence is not None:
            self.initial["occurrence"] = str(occurrence.number)
        if outcome is not None:
            self._fill(outcome)
        self._ask_only_what_is_open()

    def _fill(self, outcome: Participation) -> None:
        facts = {name: getattr(outcome, name) for name in ("unit", "done_on", "people", "note")}
        figures = {f"figure_{figure.indicator_id}": figure.amount for figure in outcome.figures.all()}
        self.initial.update({**facts, **figures})
        if outcome.occurrence is None:
            # Another day would be another outcome.
            self.fields["done_on"].widget.attrs["readonly"] = True

    def _ask_only_what_is_open(self) -> None:
        units = list(self.fields["unit"].queryset[:2])  # type: ignore[attr-defined]
        self.only_unit = units[0] if len(units) == 1 else None
        if self.only_unit is not None:
            self.initial["unit"] = self.only_unit.pk
            self.fields["unit"].widget = forms.HiddenInput()
        for indicator in self.indicators:
            if indicator.is_whole:
                self.fields[f"figure_{indicator.pk}"].widget.attrs["inputmode"] = "numeric"
