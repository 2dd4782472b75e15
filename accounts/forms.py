"""Forms of the administrator's pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from units.models import Bloc, Unit

from .enums import RoleName
from .models import User


class GrantForm(forms.Form):
    """Give a person, named by their sign-in name, a role at one unit."""

    username = forms.CharField(
        label=_("Sign-in name"), max_length=150, widget=forms.TextInput({"class": "form-control"})
    )
    name = forms.ChoiceField(label=_("Role"), choices=RoleName.choices, widget=forms.Select({"class": "form-select"}))
    bloc = forms.ModelChoiceField(
        label=_("Bloc"),
        queryset=Bloc.objects.none(),
        required=False,
        help_text=_("For bloc heads only."),
        widget=forms.Select({"class": "form-select"}),
    )

    def __init__(self, *args: object, unit: Unit, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["bloc"].queryset = Bloc.objects.filter(owner=unit)  # type: ignore[attr-defined]

    def clean_username(self) -> User:
        """Return the person. Raises ValidationError where there is none of that name."""
        user = User.objects.filter(username=self.cleaned_data["username"], is_active=True).first()
        if user is None:
            raise forms.ValidationError(_("Nobody signs in under this name."))
        return user
