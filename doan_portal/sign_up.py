"""What the portal changes in allauth: nobody makes an account by themselves, and its refusals are said in Vietnamese.

Administrators make accounts; allauth only signs people in.
"""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _


class ClosedSignUpAdapter(DefaultAccountAdapter):
    # Said in the portal's own words; other sentences of allauth are translated in locale/packages.
    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "enter_current_password": _("Type your present password."),
        "incorrect_code": _("The code is wrong."),
        "incorrect_password": _("The password is wrong."),
        "invalid_login": _("The user name or the password is wrong."),
        "invalid_password_reset": _("This link for a new password is no longer valid."),
        "too_many_login_attempts": _("Too many wrong attempts. Try again in five minutes."),
        "username_password_mismatch": _("The user name or the password is wrong."),
        "same_as_current": _("The new value must differ from the present one."),
        "rate_limited": _("Too many requests in a short time. Wait a moment."),
    }

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Sign a demo account in within the demo only: allauth also takes people whom the back end refused."""
        user = super().authenticate(request, **credentials)
        return None if getattr(user, "is_demo", False) and not settings.DEMO else user

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def closed(request: HttpRequest, key: str = "") -> HttpResponse:
    """A page of allauth that this portal does not have."""
    raise Http404(request.path)
