"""Forms of the pages that belong to no part of the domain."""

from django import forms
from django.utils.translation import gettext_lazy as _


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
