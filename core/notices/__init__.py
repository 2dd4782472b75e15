"""Notices to people: a line in the portal at once, and one e-mail for all that gathered.

Each app registers the kinds that it tells. A person may turn a kind's e-mail off; in the portal every notice appears.
"""

from .digests import send_digests
from .registry import Kind, kinds, register
from .stopping import StopWish, read_stop, stop, stop_address
from .telling import Told, forget_old, mark_read, tell, tell_each, tell_once, unread_count
from .wishes import mailed_kinds, prefer, prefer_only

__all__ = [
    "Kind",
    "StopWish",
    "Told",
    "forget_old",
    "kinds",
    "mailed_kinds",
    "mark_read",
    "prefer",
    "prefer_only",
    "read_stop",
    "register",
    "send_digests",
    "stop",
    "stop_address",
    "tell",
    "tell_each",
    "tell_once",
    "unread_count",
]
