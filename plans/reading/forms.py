"""Forms of the reading's first step: choosing a document, correcting its head."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.enums import RoleName
from accounts.models import User
from accounts.scope import grants_of
from plans.enums import PlanKind
from plans.fields import DayField, select, text_input
from plans.models import Plan
from plans.sources import MAX_BYTES
from plans.sources.refusals import sentence
from plans.sources.shapes import MAX_LETTERS
from units.models import Unit

from .head import BIGGEST_NUMBER
from .services import HEAD_FIELDS, version_of_head

ENDINGS = ".docx,.pdf,.txt,.md,.doc"


class DocumentForm(forms.Form):
    """A file or a pasted text, and the unit whose plan it becomes. What is in it is judged when it is read."""

    unit = forms.ModelChoiceField(label=_("Issuing body"), queryset=Unit.objects.none(), widget=select())
    file = forms.FileField(
        label=_("The document's file"),
        required=False,
        help_text=_("Word (.docx, .doc), PDF with a text layer, .txt or .md; at most 20 MB."),
        error_messages={"empty": _("The file is empty.")},
        widget=forms.FileInput(
            {"class": "drop__input", "accept": ENDINGS, "aria-labelledby": "h-file", "data-drop-input": ""}
        ),
    )
    text = forms.CharField(
        label=_("Or paste the document's text"),
        required=False,
        strip=False,
        widget=forms.Textarea({"class": "form-control", "rows": 8, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [grant.unit_id for grant in grants_of(user) if grant.name == RoleName.OFFICER]
        units = list(Unit.objects.filter(pk__in=own))
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=own)  # type: ignore[attr-defined]
        if len(units) == 1:
            # One's only unit need not be chosen; what is sent in its place is not asked.
            self.fields["unit"].disabled = True
            self.fields["unit"].initial = units[0].pk
            self.fields["unit"].widget = forms.HiddenInput()

    def clean_file(self) -> "UploadedFile[Any] | None":
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(sentence("too_large"))
        return file

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text) > MAX_LETTERS:
            raise forms.ValidationError(sentence("too_long"))
        return text if text.strip() else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors.keys() & {"file", "text"}:
            return cleaned
        if cleaned.get("file") and cleaned.get("text"):
            self.add_error(
                "text", _("Choose a file or paste a text, not both: empty this field, or send it without the file.")
            )
        elif not cleaned.get("file") and not cleaned.get("text"):
            self.add_error("file", _("Choose a file first, or paste the text below."))
        return cleaned

    def document(self) -> tuple[str, bytes, bool]:
        """Return the document's name, its bytes, and whether it was pasted; of a valid form."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is None:
            return str(_("Pasted text")), self.cleaned_data["text"].encode(), True
        return file.name or "", file.read(), False


class HeadForm(forms.Form):
    """What the document's head was read as, to be corrected. ``version`` is the head that the person saw."""

    kind = forms.ChoiceField(label=_("Kind of document"), choices=PlanKind.choices, widget=select())
    title = forms.CharField(label=_("Title"), max_length=300, widget=text_input())
    number = forms.IntegerField(
        label=_("Number"),
        required=False,
        min_value=1,
        max_value=BIGGEST_NUMBER,
        localize=False,
        widget=forms.NumberInput({"class": "form-control", "inputmode": "numeric"}),
    )
    issued_on = DayField(label=_("Dated"), required=False)
    place = forms.CharField(label=_("Place"), max_length=80, required=False, widget=text_input())
    starts_on = DayField(label=_("Term starts on"))
    ends_on = DayField(label=_("Term ends on"))
    version = forms.CharField(max_length=20, widget=forms.HiddenInput())

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        standing = {name: getattr(plan, name) for name in HEAD_FIELDS}
        kwargs["initial"] = {**standing, "version": version_of_head(plan)}
        super().__init__(*args, **kwargs)
