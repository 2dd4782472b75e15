"""The form for a new calendar."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.fields import select
from units.models import Unit


class FeedForm(forms.Form):
    """Whose calendar it shall be: what concerns oneself (blank), or one of the units that the page offers."""

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in units}
        offered = [(code, unit.name) for code, unit in self.units.items()]
        self.fields["unit"] = forms.ChoiceField(
            label=_("Calendar of"),
            required=False,
            choices=[("", _("What concerns me")), *offered],
            widget=select(),
        )

    def clean_unit(self) -> Unit | None:
        """The unit; null for oneself."""
        return self.units.get(self.cleaned_data["unit"])
