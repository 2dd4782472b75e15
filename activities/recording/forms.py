"""The form of one screen: what a unit did, filled in beforehand as far as it is known."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.folding import fold
from core.forms import PlainInput
from units.models import Unit

from ..enums import Scope
from ..forms import OutcomeForm
from ..models import Activity, Occurrence, Participation
from ..occurrences.wording import occurrence_text
from ..selectors import occurrences_of, units_taking_part
from ..services import stamp_of

# Of these, two units may have held one thing together.
SHARED = (Scope.ALL_UNITS, Scope.BLOC)


def next_missing(missing: Sequence[Occurrence]) -> Occurrence | None:
    """Return the latest whose day has come, or else the first without a day; null where there is neither."""
    today = clock.today()
    come = [one for one in missing if one.starts_on is not None and one.starts_on <= today]
    return come[-1] if come else next((one for one in missing if one.starts_on is None), None)


class RecordingForm(OutcomeForm):
    """An outcome of ``unit`` in ``occurrence`` (null: to be chosen), or a correction of ``outcome``.

    What there is only one of is not asked for. Where nobody says which occurrence it is, the latest that is missing is
    filled in: never one that stands already, for recording that again would correct it.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput())

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
        units = list(self.fields["unit"].queryset[:2])  # type: ignore[attr-defined]
        self.only_unit = units[0] if len(units) == 1 else None
        if outcome is None:
            occurrence = self._offer_open_ones(activity, unit or self.only_unit, occurrence)
        held_on = occurrence.starts_on if occurrence and occurrence.starts_on else activity.done_on
        self.initial = {"done_on": min(held_on or today, today), **({"unit": unit} if unit else {}), **self.initial}
        if occurrence is not None:
            self.initial["occurrence"] = str(occurrence.number)
        if activity.scope in SHARED:
            self._ask_host(activity)
        self.initial["seen"] = stamp_of(outcome)
        if outcome is not None:
            self._fill(outcome)
        self._ask_only_what_is_open()

    def saw(self, refusal: ValidationError) -> None:
        """Take down what the refusal shows to stand by now: sent once more, the form replaces it knowingly."""
        if getattr(refusal, "code", "") == "recorded" and refusal.params:
            said = cast("QueryDict", self.data).copy()
            said["seen"] = refusal.params["seen"]
            self.data = said

    def _ask_host(self, activity: Activity) -> None:
        self._taking_part = units_taking_part(activity)
        self.fields["host"] = forms.CharField(
            label=_("Held together with"),
            required=False,
            max_length=200,
            help_text=_(
                "Only where another unit is the host and records the figures: its code or name. They count once, there."
            ),
            widget=PlainInput({"class": "form-control"}),
        )

    def clean_host(self) -> Unit | None:
        """The hosting unit; null where none is named. Names without diacritics are understood."""
        text = str(self.cleaned_data["host"]).strip()
        if not text:
            return None
        known = self._taking_part.filter(Q(code__iexact=text) | Q(folded__contains=fold(text)))
        found = [unit for unit in known if fold(text) in (fold(unit.code), fold(unit.name))]
        if len(found) != 1:
            raise ValidationError(_("No unit that takes part has this code or name."))
        return found[0]

    @property
    def host(self) -> Unit | None:
        """The unit that records the figures; null where this one does."""
        return self.cleaned_data.get("host") or None

    def _offer_open_ones(self, activity: Activity, unit: Unit | None, asked: Occurrence | None) -> Occurrence | None:
        """Say which occurrences the unit has recorded; return the one to fill in: as asked, or the latest missing."""
        occurrences = occurrences_of(activity)
        if not occurrences:
            return asked
        known = activity.participations.filter(unit=unit).values_list("occurrence", flat=True) if unit else []
        recorded = set(known)
        words = {one.pk: occurrence_text(one) for one in occurrences}
        words |= {pk: _("%(time)s, recorded") % {"time": text} for pk, text in words.items() if pk in recorded}
        choices = [(str(one.number), words[one.pk]) for one in occurrences]
        self.fields["occurrence"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]
        if asked is not None or unit is None:
            return asked
        return next_missing([one for one in occurrences if one.pk not in recorded])

    def _fill(self, outcome: Participation) -> None:
        facts = {name: getattr(outcome, name) for name in ("unit", "done_on", "people", "note")}
        figures = {f"figure_{figure.indicator_id}": figure.amount for figure in outcome.figures.all()}
        self.initial.update({**facts, **figures, "host": outcome.host.code if outcome.host else ""})
        if outcome.occurrence is None:
            # Another day would be another outcome.
            self.fields["done_on"].widget.attrs["readonly"] = True

    def _ask_only_what_is_open(self) -> None:
        if self.only_unit is not None:
            self.initial["unit"] = self.only_unit.pk
            self.fields["unit"].widget = forms.HiddenInput()
        for indicator in self.indicators:
            if indicator.is_whole:
                self.fields[f"figure_{indicator.pk}"].widget.attrs["inputmode"] = "numeric"
