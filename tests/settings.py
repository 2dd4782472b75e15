"""The portal's settings for the test run: the environment of a test, then the few values that only tests change."""

import os

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("PORTAL_TODAY", "2024-10-05")

from doan_portal.settings import *  # noqa: F403 - the environment comes first; settings are one flat list of names

# Fast and weak: only for passwords that tests make up.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_IN_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {name: {"BACKEND": _IN_MEMORY, "LOCATION": name} for name in ("default", "pages")}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
