"""The form in which a word is said about an activity."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from plans.fields import select, text_area
from units.models import Unit

from ..models import Activity, Comment
from ..services.comments import LONGEST
from .rules import may_speak_to_all, voices
from .selectors import comments_read_by


class CommentForm(forms.Form):
    """A word; for which of the person's units, where there are several; to whom, for the owner's people."""

    answers = forms.ModelChoiceField(queryset=Comment.objects.none(), required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=_("Comment"), max_length=LONGEST, widget=text_area(3))
    unit = forms.ModelChoiceField(
        label=_("On behalf of"), queryset=Unit.objects.none(), empty_label=None, widget=select()
    )
    is_for_all = forms.BooleanField(
        label=_("Everybody who sees the activity may read it"),
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, user: User, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "comment_%s", **kwargs})
        self._voices = voices(user, activity)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=self._voices)  # type: ignore[attr-defined]
        readable = comments_read_by(user, activity).filter(withdrawn_at__isnull=True)
        self.fields["answers"].queryset = readable  # type: ignore[attr-defined]
        if len(self._voices) == 1:
            del self.fields["unit"]
        elif self._voices:
            self.fields["unit"].initial = self._voices[0]
        if not may_speak_to_all(user, activity):
            del self.fields["is_for_all"]

    @property
    def facts(self) -> dict[str, Any]:
        """Arguments for ``say``."""
        cleaned = self.cleaned_data
        unit = cleaned["unit"] if "unit" in self.fields else Unit.objects.get(pk=self._voices[0])
        return {**cleaned, "unit": unit}
