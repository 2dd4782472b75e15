"""The one gate call at the top of a view: outsiders get 404, readers without the right 403."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from units.models import Unit

from .models import User
from .scope import get_visible_unit


def signed_in(request: HttpRequest) -> User:
    """Return the person of the request; for views behind ``login_required``."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    return user


def unit_or_404(user: User, code: str) -> Unit:
    """Return the unit where it exists for the person. Raises Http404 otherwise."""
    return get_visible_unit(user, code)


def require(allowed: bool) -> None:
    """Raises PermissionDenied (403) where the person may not act on what is seen."""
    if not allowed:
        raise PermissionDenied
