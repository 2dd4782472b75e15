"""Form fields for what officials type, figures and days; and how a service's refusal comes back to the form."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.form_pages import posted, refuse
from core.forms import SENSIBLE_DAYS
from core.templatetags.portal_numbers import vn_date, vn_number

from .models import Section
from .wording import section_text

__all__ = [
    "DayField",
    "DayInput",
    "FigureField",
    "ManyField",
    "SectionField",
    "posted",
    "read_figure",
    "refuse",
    "select",
    "text_area",
    "text_input",
]

_FIGURE = re.compile(r"(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<fraction>\d{1,4}))?", re.ASCII)

BIGGEST = Decimal(10) ** 12
MOST_DIGITS = 18  # of a row's number
INDENT = "–\N{NO-BREAK SPACE}"  # before a section, once for each level above it


def read_figure(text: str) -> Decimal:
    """Read "1.500", "1500" or "12,5". Raises ValidationError for all else, and for "1,500": it may mean two things."""
    found = _FIGURE.fullmatch(text.strip().replace(" ", ""))
    if found is None:
        raise ValidationError(_("Write a figure such as 1.500 or 12,5."))
    whole, fraction = found["whole"], found["fraction"] or ""
    if len(fraction) == 3 and "." not in whole and 0 < len(whole) <= 3 and whole != "0":
        raise ValidationError(_("Write 1.500 for fifteen hundred and 1,5 for one and a half."))
    value = Decimal(f"{whole.replace('.', '')}.{fraction or 0}")
    if value > BIGGEST:
        raise ValidationError(_("The figure is too large. Please check it."))
    return value


class FigureField(forms.Field):
    """A figure not below zero, as Vietnamese write it; empty is null."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"class": "form-control", "inputmode": "decimal", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs), **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        return value if isinstance(value, Decimal) else read_figure(str(value))

    def prepare_value(self, value: Any) -> Any:
        return vn_number(value) if isinstance(value, Decimal) else value


class ManyField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several rows chosen; a number beyond every row's is no choice (SQLite fails on it)."""

    def clean(self, value: Any) -> Any:
        strange = next((one for one in value or () if len(str(one)) > MOST_DIGITS), None)
        if strange is not None:
            words = self.error_messages["invalid_choice"]
            raise ValidationError(words, code="invalid_choice", params={"value": str(strange)[:MOST_DIGITS]})
        return super().clean(value)


def text_input(**attrs: str) -> forms.TextInput:
    """Return a one-line input in the portal's look."""
    return forms.TextInput({"class": "form-control", **attrs})


def text_area(rows: int = 4) -> forms.Textarea:
    """Return an input of several lines in the portal's look."""
    return forms.Textarea({"class": "form-control", "rows": rows})


def select() -> forms.Select:
    """Return a choice in the portal's look."""
    return forms.Select({"class": "form-select"})


class SectionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A section of one plan, or none; ``queryset`` is set by the form, in the document's order."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Section.objects.none(), required=False, widget=select(), **kwargs)

    def label_from_instance(self, section: Section) -> str:
        return INDENT * (section.depth - 1) + section_text(section)


class DayInput(forms.DateInput):
    """A day typed and shown as 26/3/2024: a browser's own picker follows its own language and turns day and month."""

    def __init__(self) -> None:
        super().__init__({"class": "form-control", "placeholder": "26/3/2024", "autocomplete": "off"})

    def format_value(self, value: Any) -> str | None:
        return vn_date(value) if isinstance(value, date) else value


class DayField(forms.DateField):
    """A day as Vietnamese write it, in either language of the interface."""

    widget = DayInput
    input_formats = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")
    default_validators = SENSIBLE_DAYS
    default_error_messages = {"invalid": gettext_lazy("Write a day such as 26/3/2024.")}  # noqa: RUF012 - Django's own way
