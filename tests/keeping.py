"""Caches of a test's own, for what is kept in them."""

import secrets
from typing import Any


def own_caches(settings: Any) -> None:
    """Give the test caches that nobody else writes to, and have pages kept."""
    settings.CACHES = {
        name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": secrets.token_hex(8)}
        for name in ("default", "pages")
    }
    settings.KEPT_PAGES_SECONDS = 300
