"""Every setting of the portal, read from the environment; a bad or missing value refuses to start.

Three ways to run: production (the default), the demo (DEMO=1, on loopback, made by scripts/run) and
development (DEBUG=1). The README lists the variables.
"""

from pathlib import Path
from typing import Any

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from doan_portal import environment

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = environment.flag("DEBUG")
DEMO = environment.flag("DEMO")
PRODUCTION = not DEBUG and not DEMO
VAR_DIR = (BASE_DIR / environment.text("VAR_DIR", "var")).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)

if PRODUCTION:
    SECRET_KEY = environment.required("SECRET_KEY", "it signs sessions; set a long random text of your own.")
    environment.required("ALLOWED_HOSTS", "name the hosts that the portal answers for, separated by commas.")
    environment.required("DATABASE_URL", "say where the data is kept, e.g. postgres://user:password@host/name.")
else:
    SECRET_KEY = environment.text("SECRET_KEY") or environment.stored_secret(VAR_DIR / "secret-key")
if len(SECRET_KEY) < 32:
    raise ImproperlyConfigured("SECRET_KEY is too short: 32 characters at least, random ones.")

ALLOWED_HOSTS = environment.listing("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
if DEMO and not set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]"}:
    # The demo accounts' password is public.
    raise ImproperlyConfigured("With DEMO=1 ALLOWED_HOSTS may name this machine only: localhost, 127.0.0.1, [::1].")
CSRF_TRUSTED_ORIGINS = environment.listing("CSRF_TRUSTED_ORIGINS")

# Where people reach the portal: the address behind a document's QR code and of the links in e-mails.
_PORT = environment.number("PORT", 8000, lowest=1, highest=65535)
PORTAL_URL = environment.text("PORTAL_URL", f"http://127.0.0.1:{_PORT}").rstrip("/")

# The day of the portal (core.clock); None: the real one. The demo's year is 2024.
PORTAL_TODAY = environment.day("PORTAL_TODAY", "2024-10-05" if DEMO else "")

# --- Applications -----------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "rules.apps.AutodiscoverRulesConfig",
    "auditlog",
    "import_export",
    "treebeard",
    "django_htmx",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "core",
    "units",
    "accounts",
    "plans",
    "targets",
    "activities",
    "reports",
    "doan_portal.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.no_null_characters",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.private_pages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.signed_out_steps",
    "core.middleware.refused_methods",
    "core.middleware.BusyPages",
]

ROOT_URLCONF = "doan_portal.urls"
WSGI_APPLICATION = "doan_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.portal",
            ],
        },
    },
]

# --- Data -------------------------------------------------------------------------------------------------------------

DATABASES: dict[str, dict[str, Any]] = {
    "default": environment.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Readers and one writer side by side; a write takes its lock at BEGIN, so that waiting (`timeout`, in seconds)
        # works where a read that turns into a write would fail at once.
        "init_command": "PRAGMA journal_mode=WAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

REDIS_URL = environment.url("REDIS_URL", "", schemes={"redis", "rediss", "unix"})

# Shared by all processes: the limits against guessing passwords count in "default"; "pages" holds whole pages
# (core.kept_pages).
CACHES: dict[str, dict[str, Any]] = {
    name: {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": prefix,
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache" / prefix,
        "OPTIONS": {"MAX_ENTRIES": 1000},
    }
    for name, prefix in (("default", ""), ("pages", "pages"))
}
# For so many seconds at most; 0 keeps none.
KEPT_PAGES_SECONDS = 300

# Uploaded and issued files are private: they have no address of their own, a view serves them after asking the scope.
MEDIA_ROOT = VAR_DIR / "files"
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True

# --- Official paper ---------------------------------------------------------------------------------------------------

# What the files are made as, and say of themselves. The default is tagged and for the archive, both. Of those that
# WeasyPrint knows, these fit paper: none that needs attachments (a-4e, a-4f), none for printing houses (x).
PAPER_PDF_VARIANTS = (
    *("pdf/a-1a", "pdf/a-1b", "pdf/a-2a", "pdf/a-2b", "pdf/a-2u", "pdf/a-3a", "pdf/a-3b", "pdf/a-3u", "pdf/a-4u"),
    *("pdf/ua-1", "pdf/ua-2"),
)
PAPER_PDF_VARIANT = environment.choice("PAPER_PDF_VARIANT", "pdf/a-3a", among=PAPER_PDF_VARIANTS)
# A paper whose tables have more rows is set in parts of so many: memory follows a part, not the document.
PAPER_ROWS_A_PART = environment.number("PAPER_ROWS_A_PART", 500, lowest=100, highest=100_000)

# --- Language and time ------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "packages"]
FORMAT_MODULE_PATH = ["doan_portal.formats"]
# Off, because it would write years and row numbers with a point too (2.024): figures are grouped where they are shown.
USE_THOUSAND_SEPARATOR = False
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# --- Sign-in ----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["rules.permissions.ObjectPermissionBackend", "accounts.backends.PortalBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "doan_portal.sign_up.ClosedSignUpAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Who asks for a new password under an address that nobody has: no mail goes there, and the page says the same.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
# Computers are shared in many offices: the session ends with the browser, and after a working day at the latest.
ACCOUNT_SESSION_REMEMBER = False
SESSION_COOKIE_AGE = 12 * 60 * 60
# Against guessing: wrong passwords in a row, by address and by account.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/5m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Addresses come from the administrator; there is no page on which people could confirm theirs first.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Cổng công tác Đoàn"
MFA_FORMS = {
    "add_webauthn": "doan_portal.security_key_forms.AddKeyForm",
    "edit_webauthn": "doan_portal.security_key_forms.RenameKeyForm",
}

# --- Mail -------------------------------------------------------------------------------------------------------------

# E.g. smtp+tls://name:password@host:587; the default writes mails to the log.
vars().update(environment.email("EMAIL_URL", "consolemail://"))
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", "cong-cong-tac@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# In seconds. Without it a mail server that does not answer would hold the worker for as long as it likes.
EMAIL_TIMEOUT = 20

# --- Safety of pages --------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True

# The portal speaks plain HTTP to a proxy that speaks TLS to people, and only that proxy can reach it.
BEHIND_TLS_PROXY = environment.flag("BEHIND_TLS_PROXY")
if BEHIND_TLS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# --- Background work --------------------------------------------------------------------------------------------------

# No task runs longer than this; a message that a killed worker held comes back only after it.
LONGEST_TASK_SECONDS = 30 * 60

CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = LONGEST_TASK_SECONDS
# A process that sets a document takes 120 MB more for it: one machine has one, docker-compose.yml asks for two.
CELERY_WORKER_CONCURRENCY = environment.number("WORKER_CONCURRENCY", 1, lowest=1, highest=64)
# A worker takes from its queues in turn: totals wait behind one document at most, however many are asked for.
CELERY_TASK_QUEUES: dict[str, dict[str, Any]] = {"celery": {}, "jobs": {}}
CELERY_TASK_ROUTES = {name: {"queue": "jobs"} for name in ("core.run_job", "reports.help_with_scorecards")}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# In KiB: a worker process that a large document left fat is replaced after its task.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 150_000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Connections are kept as for requests, by doan_portal.celery; Celery shall leave them alone.
CELERY_DB_REUSE_MAX = 10**9
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "visibility_timeout": LONGEST_TASK_SECONDS + 5 * 60,
        # Look for messages of lost workers every 5 s, at every look.
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 2,
    }
else:
    # For one machine: messages are files. A killed worker loses those it held; core.jobs queues their jobs again.
    _BROKER_DIR = VAR_DIR / "broker"
    for _folder in ("messages", "control"):
        (_BROKER_DIR / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_BROKER_DIR / "messages"),
        "data_folder_out": str(_BROKER_DIR / "messages"),
        "control_folder": str(_BROKER_DIR / "control"),
        "polling_interval": 0.25,
    }
    # Remote control would leave a file of its own for every worker that ever ran.
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False

# `expires`: what beat sent while no worker ran is not done many times over.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "worker-heartbeat": {"task": "core.worker_heartbeat", "schedule": 15, "options": {"expires": 15}},
    "requeue-silent-jobs": {"task": "core.requeue_silent_jobs", "schedule": 5, "options": {"expires": 5}},
    # The day after a period's last day, soon after midnight; once more at noon, should the machine have slept.
    "open-periods": {
        "task": "reports.open_periods",
        "schedule": crontab(hour="0,12", minute=5),
        "options": {"expires": 6 * 60 * 60},
    },
    # Before people begin to work; once more at noon, as above.
    "remind-by-calendar": {
        "task": "reports.remind_by_calendar",
        "schedule": crontab(hour="6,12", minute=0),
        "options": {"expires": 6 * 60 * 60},
    },
    "remind-of-activities": {
        "task": "activities.remind_of_activities",
        "schedule": crontab(hour="6,12", minute=5),
        "options": {"expires": 6 * 60 * 60},
    },
    # The day after the due day, when the last evening's reports are in the totals; once more at noon, as above.
    "draft-by-calendar": {
        "task": "reports.draft_by_calendar",
        "schedule": crontab(hour="5,12", minute=30),
        "options": {"expires": 6 * 60 * 60},
    },
    "drain-dirty": {"task": "reports.drain_dirty", "schedule": 15, "options": {"expires": 15}},
    # Whose letter is due when is decided in core.notices.digests.
    "send-notice-digests": {"task": "core.send_notice_digests", "schedule": 5 * 60, "options": {"expires": 5 * 60}},
    "forget-old-notices": {
        "task": "core.forget_old_notices",
        "schedule": crontab(hour=3, minute=15),
        "options": {"expires": 4 * 60 * 60},
    },
    "audit-rollups": {
        "task": "reports.audit_rollups",
        "schedule": crontab(hour="1-5,12"),  # each minute half a minute of it, until all is seen
        "options": {"expires": 50},
    },
}

# --- Log --------------------------------------------------------------------------------------------------------------

# Whoever has one of these addresses needs no sign-in: what follows the prefix stands in no log (core.redaction).
SECRET_PATHS = ["/activities/feed/"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"secret_paths": {"()": "core.redaction.SecretPaths", "prefixes": SECRET_PATHS}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secret_paths"]}},
    # One way out for all: Django's own handlers (the development server's, mails to administrators) would go past it.
    "loggers": {
        "django": {"handlers": []},
        "django.server": {"handlers": [], "propagate": True},
        "pikepdf": {"level": "WARNING"},  # it greets everyone who opens a PDF
    },
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "INFO")},
}
