"""What a person types into a monthly report: fields made from the sheet, sentences at each field.

A field that is not sent leaves what is stored as it is; a field sent blank takes it out.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from core.forms import PlainInput
from plans.enums import Topic
from targets.enums import IndicatorKind
from units.models import Unit, UnitQuerySet

from .entries import FIGURE_FIELDS, EntryInput, problems_of
from .fields import NO, YES, base_of, field_name, part_of, typed_of
from .figures import read_figure
from .offers import Offer
from .sheet import Line, Section, Sheet


class FigureField(forms.Field):
    """A figure as typed in Việt Nam (``figures.read_figure``); blank is null."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Decimal | None:
        return read_figure(str(value or ""))


class DayField(forms.DateField):
    """A day from the browser's own picker, or typed as 26/3/2024."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"})
        super().__init__(
            required=False,
            widget=widget,
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            error_messages={"invalid": _("Write the day as 26/3/2024.")},
            **kwargs,
        )


@dataclass(frozen=True)
class Row:
    """A line of the sheet with its bound fields by name; ``note`` is always among them.

    ``offers``: outcomes of activities, each with its tick; null where another report holds it.
    """

    line: Line
    fields: dict[str, BoundField]
    offers: list[tuple[Offer, BoundField | None]]

    @property
    def has_errors(self) -> bool:
        return any(field.errors for field in self.fields.values())


def _without_taken(data: Any) -> Any:
    """The fields that were sent without those of the lines whose stored figures stay."""
    taken = set(data.getlist("take")) if data is not None else set()
    if not taken:
        return data
    kept = data.copy()
    for name in data:
        if name.startswith(("i", "t-")) and part_of(name) in taken:
            del kept[name]
    return kept


class ReportForm(forms.Form):
    """The whole month. ``version`` is what the page was made from.

    ``data`` may name lines in ``take``: what is stored of them stays, whatever their fields say.
    """

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, sheet: Sheet, data: Any = None) -> None:
        super().__init__(_without_taken(data))
        self.sheet = sheet
        self.initial["version"] = sheet.report.version
        for line in sheet.lines:
            if line.done_before is None:
                self._add_line(line)
        for topic, label in Topic.choices:
            self._add(f"t-{topic}", forms.CharField(required=False, max_length=5000, label=label, widget=_text_area()))
            self.initial[f"t-{topic}"] = sheet.narratives.get(topic, "")
        self.good: dict[int, EntryInput] = {}
        self.ticked: dict[int, frozenset[int]] = {}

    def _add(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field

    def _add_line(self, line: Line) -> None:
        key = line.indicator.pk
        for name, field in _fields_of(line.indicator.kind).items():
            self._add(field_name(key, name), field)
        note = forms.CharField(required=False, max_length=500, widget=PlainInput({"class": "form-control"}))
        self._add(field_name(key, "note"), note)
        for offer in line.ticked_offers:
            self._add(field_name(key, offer.field), forms.BooleanField(required=False))
        self.initial.update({field_name(key, name): text for name, text in typed_of(line).items()})

    def clean(self) -> dict[str, Any]:
        """Check each line by itself; ``good`` holds those that can be kept, whatever is wrong with others.

        ``ticked``: the ids of the outcomes' figures that each of them is to hold, where there is something to tick.
        """
        last_day = self.sheet.report.period.last_day
        for line in self.sheet.lines:
            entry = self._entry(line)
            if entry is None:
                continue
            problems = problems_of(line.indicator, entry, starts_on=line.asked.starts_on, last_day=last_day)
            for problem in problems:
                self.add_error(field_name(line.indicator.pk, problem.field), problem.message)
            if not problems:
                self._accept(line, entry)
        return self.cleaned_data

    def _accept(self, line: Line, entry: EntryInput) -> None:
        key = line.indicator.pk
        self.good[key] = entry
        if line.ticked_offers:
            ticked = [one.figure_id for one in line.ticked_offers if self.cleaned_data.get(field_name(key, one.field))]
            self.ticked[key] = frozenset(ticked)

    def _entry(self, line: Line) -> EntryInput | None:
        """What was sent for the line; null where it was not sent, or could not be read."""
        names = {name: field_name(line.indicator.pk, name) for name in _names_of(line)}
        sent = [name for name in names.values() if name in self.data]
        if not sent or any(name in self.errors for name in names.values()):
            return None
        said: dict[str, Any] = {name: self.cleaned_data.get(full) for name, full in names.items()}
        if "is_done" in said:
            said["is_done"] = {YES: True, NO: False}.get(said["is_done"])
            said["done_on"] = said["done_on"] if said["is_done"] is not False else None
        return EntryInput(**said)

    @property
    def says_what_is_stored(self) -> bool:
        """Whether everything that was sent can be kept and stands in the report already, in the version sent."""
        return not self.errors and self.cleaned_data["version"] == self.sheet.report.version and self.adds_nothing

    @property
    def adds_nothing(self) -> bool:
        """Whether all of it that can be kept stands in the report already."""
        stored = self.sheet.entries
        return (
            all(entry == stored[key] for key, entry in self.good.items())
            and all(line.taken == self.ticked.get(line.indicator.pk, line.taken) for line in self.sheet.lines)
            and all(text == self.sheet.narratives.get(topic, "") for topic, text in self.narratives.items())
        )

    @property
    def narratives(self) -> dict[str, str]:
        """The texts that were sent and can be kept, by topic."""
        return {
            topic: self.cleaned_data[f"t-{topic}"]
            for topic in Topic.values
            if f"t-{topic}" in self.data and f"t-{topic}" in self.cleaned_data
        }

    @property
    def sections(self) -> list[tuple[Section, list[Row], BoundField | None]]:
        """The sections with their rows, and the text under each heading."""
        return [
            (
                section,
                [self._row(line) for line in section.lines],
                self[f"t-{section.topic}"] if section.topic else None,
            )
            for section in self.sheet.sections
        ]

    @property
    def base(self) -> str:
        """What the page made from this form remembers (``fields.read_base``)."""
        return base_of(self.sheet)

    def _row(self, line: Line) -> Row:
        key = line.indicator.pk
        known = {name: field_name(key, name) for name in _names_of(line)}
        offers = [(one, self[field_name(key, one.field)] if one.is_open else None) for one in line.offers]
        return Row(line, {name: self[full] for name, full in known.items() if full in self.fields}, offers)


def _figure_widget() -> PlainInput:
    return PlainInput({"class": "form-control", "inputmode": "decimal", "autocomplete": "off"})


def _text_area() -> forms.Textarea:
    return forms.Textarea({"class": "form-control", "rows": 3})


def _names_of(line: Line) -> tuple[str, ...]:
    return (*FIGURE_FIELDS[line.indicator.kind], "note")


def _fields_of(kind: str) -> dict[str, forms.Field]:
    if kind == IndicatorKind.AMOUNT:
        return {"amount": FigureField(required=False, widget=_figure_widget())}
    if kind == IndicatorKind.RATIO:
        return {name: FigureField(required=False, widget=_figure_widget()) for name in ("numerator", "denominator")}
    choices = [(NO, _("Not done yet")), (YES, _("Done, on"))]
    done = forms.ChoiceField(required=False, choices=choices, widget=forms.RadioSelect)
    return {"is_done": done, "done_on": DayField()}


class ReasonForm(forms.Form):
    """Why a report is sent back; the unit reads it. ``keep``: the body keeps the sentence for the next time."""

    reason = forms.CharField(
        max_length=1000, error_messages={"required": _("Write the reason: the unit must know what to correct.")}
    )
    keep = forms.BooleanField(required=False)


class PhraseForm(forms.Form):
    """A sentence to keep, and for which of one's own bodies."""

    text = forms.CharField(
        label=_("Sentence"),
        max_length=300,
        error_messages={"required": _("Write the sentence to be kept.")},
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    unit = forms.ModelChoiceField(
        label=_("Kept for"),
        queryset=Unit.objects.none(),
        empty_label=None,
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, bodies: UnitQuerySet, data: Any = None) -> None:
        super().__init__(data)
        self.fields["unit"].queryset = bodies  # type: ignore[attr-defined]
