"""The address in a letter that turns its kinds of e-mail off without signing in (RFC 8058).

The signature is the right to do it. The address never ends, because letters are kept; all that whoever has it can do
is to stop e-mail, which the person turns on again where preferences are kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.urls import reverse

from .registry import Kind, kinds
from .wishes import prefer

SALT = "core.notices.stop"


@dataclass(frozen=True)
class StopWish:
    """What a signed address asks for: no e-mail of these kinds for this person any more."""

    user: Any
    kinds: tuple[Kind, ...]


def stop_address(user: Any, names: Iterable[str]) -> str:
    """The whole address, with the portal's own, that stops e-mail of these kinds for the person."""
    signed = signing.dumps([user.pk, sorted(names)], salt=SALT)
    address: str = settings.PORTAL_URL + reverse("core:notices-stop", args=[signed])
    return address


def read_stop(signed: str) -> StopWish | None:
    """What the address asks for; null for one that the portal never gave out, and for a person who is gone.

    Kinds that no longer exist are left out.
    """
    try:
        pk, names = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        return None
    user = get_user_model().objects.filter(pk=pk).first()
    if user is None:
        return None
    known = kinds()
    return StopWish(user, tuple(known[name] for name in names if name in known))


def stop(wish: StopWish) -> None:
    """Turn the e-mail off; once more does no harm."""
    for kind in wish.kinds:
        prefer(user=wish.user, kind=kind.name, by_email=False)
