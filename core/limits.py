"""How often one address may ask for a page that is open to strangers. Guessing passwords is limited by allauth."""

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

SPAN = 5 * 60  # seconds


def asks_too_often(request: HttpRequest, action: str, most: int) -> bool:
    """Count this request; true once the address has asked more than ``most`` times within five minutes.

    The count is one for all web processes as far as their cache is; it may be short of a few asked at the same moment.
    """
    address = get_adapter().get_client_ip(request)
    key = f"limit:{action}:{address}:{int(time.time() // SPAN)}"
    cache.add(key, 0, timeout=2 * SPAN)
    try:
        return int(cache.incr(key)) > most
    except ValueError:  # thrown out of a full cache between the two lines
        return False
