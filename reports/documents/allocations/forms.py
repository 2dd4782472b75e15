"""The form that asks for a paper that hands targets down."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from units.models import Unit


class AllocationForm(forms.Form):
    """To which unit; nothing chosen: to all of them, with the whole table."""

    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("All units, with the whole table as an annex"),
        widget=forms.Select({"class": "form-select"}),
    )

    def __init__(self, *args: object, receivers: Sequence[Unit], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        units = Unit.objects.filter(pk__in=[unit.pk for unit in receivers]).order_by("path")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
