"""Forms of the pages that belong to no part of the domain."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core import notices

# For every field in which a day is typed: a slip such as 0024 or 20244 is no year of the Union's, which began in 1931.
_NO_SUCH_YEAR = _("The year lies between 1931 and 2100.")
SENSIBLE_DAYS: list[Callable[[Any], None]] = [
    MinValueValidator(date(1931, 1, 1), _NO_SUCH_YEAR),
    MaxValueValidator(date(2100, 12, 31), _NO_SUCH_YEAR),
]


class PlainInput(forms.TextInput):
    """A field of one line, written without a template: for a form of a hundred fields, which it halves."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The same mark-up as Django's own widget of this kind."""
        all_attrs = self.build_attrs(self.attrs, attrs)
        typed = self.format_value(value)
        said = "" if typed is None else format_html(' value="{}"', typed)
        return format_html('<input type="{}" name="{}"{}{}>', self.input_type, name, said, flatatt(all_attrs))


class WorkbookForm(forms.Form):
    """Choose an Excel workbook. What is in it is judged by ``core.workbooks``, not by its name."""

    file = forms.FileField(
        label=_("Excel workbook (.xlsx)"),
        help_text=_("At most 20 MB. Nothing is written before you have seen the differences and agreed."),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty."),
            "missing": _("Choose a file first."),
        },
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".xlsx"}),
    )


class AgreeForm(forms.Form):
    """Agree to exactly the differences that were shown."""

    fingerprint = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)


def _kinds() -> list[tuple[str, Any]]:
    return [(kind.name, kind.label) for kind in notices.kinds().values()]


class NoticeWishesForm(forms.Form):
    """Which kinds of notices come by e-mail."""

    by_email = forms.MultipleChoiceField(
        label=_("Also by e-mail"), required=False, choices=_kinds, widget=forms.CheckboxSelectMultiple
    )
