"""The words of a report as a form: one field a part, and what the page was made from."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _

from .parts import REQUIRED, Part, Words, paragraphs_of, text_of

# Four units' narratives of 5,000 letters and a sentence a target fit. A part that the portal wrote longer stays lawful.
MOST_LETTERS, MOST_PARAGRAPHS = 40_000, 300
LETTERS_A_ROW, FEWEST_ROWS, MOST_ROWS = 80, 4, 22


def texts_of(words: Mapping[str, tuple[str, ...]], parts: Iterable[Part]) -> dict[str, str]:
    """Return part → its words as they stand in its field."""
    return {part.key: text_of(words.get(part.key, ())) for part in parts}


class SeenForm(forms.Form):
    """The number of the version that the page was made from."""

    seen = forms.IntegerField(min_value=1, max_value=10**6, widget=forms.HiddenInput)


class WordingForm(SeenForm):
    """Every part as a text; ``words`` is what a valid form says. ``stored``: part → what its field begins with."""

    def __init__(self, data: Any, *, parts: Iterable[Part], stored: Mapping[str, str], seen: int | str) -> None:
        super().__init__(data, initial={"seen": seen, **stored})
        self._keys = [part.key for part in parts]
        for part in parts:
            self.fields[part.key] = _field(part, stored[part.key], data)

    @property
    def words(self) -> Words:
        """The paragraphs of every part; of a valid form only."""
        return {key: self.cleaned_data[key] for key in self._keys}

    def typed(self) -> dict[str, str]:
        """Part → what its field holds, as it was typed."""
        return {key: str(self[key].value() or "") for key in self._keys}


class _PartField(forms.CharField):
    """A text that becomes its paragraphs."""

    def __init__(self, *, most_paragraphs: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._most_paragraphs = most_paragraphs

    def clean(self, value: Any) -> Any:
        """Return the paragraphs of the text. Raises ValidationError."""
        paragraphs = paragraphs_of(super().clean(value))
        if self.required and not paragraphs:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(paragraphs) > self._most_paragraphs:
            raise ValidationError(_("At most %(most)s paragraphs.") % {"most": self._most_paragraphs})
        return paragraphs


def _field(part: Part, stored: str, data: Any) -> _PartField:
    shown = stored if data is None else str(data.get(part.key, ""))
    rows = sum(1 + len(line) // LETTERS_A_ROW for line in shown.splitlines())
    attrs = {"class": "form-control", "rows": max(FEWEST_ROWS, min(rows + 1, MOST_ROWS))}
    return _PartField(
        label=part.name,
        required=part.key in REQUIRED,
        # No attribute of the field: a browser would cut off what is pasted, without a word.
        validators=[MaxLengthValidator(max(MOST_LETTERS, len(stored)))],
        most_paragraphs=max(MOST_PARAGRAPHS, stored.count("\n\n") + 1),
        error_messages={"required": _("The paper cannot do without these words.")},
        widget=forms.Textarea(attrs),
    )
