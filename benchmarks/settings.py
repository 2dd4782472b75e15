"""The portal's production settings for the runs here, and the few values that a measurement changes."""

from doan_portal.settings import *  # noqa: F403 - the environment comes first; settings are one flat list of names
from doan_portal.settings import VAR_DIR

# One page more, the bare one.
ROOT_URLCONF = "benchmarks.urls"
STATIC_ROOT = VAR_DIR / "static"
# A thousand people sign in from one address before anything is measured: no limit, and no password worth guessing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment] # allauth's word for none
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
