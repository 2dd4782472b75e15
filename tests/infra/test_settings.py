"""The settings refuse what is unsafe or mistyped, with a sentence that names the variable."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VARIANTS = (
    "pdf/a-1a, pdf/a-1b, pdf/a-2a, pdf/a-2b, pdf/a-2u, pdf/a-3a, pdf/a-3b, pdf/a-3u, pdf/a-4u, pdf/ua-1, pdf/ua-2"
)
PRODUCTION = {
    "SECRET_KEY": "k" * 64,
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgres://portal:secret@db.example/portal",
}
SHOW = (
    "import os; from django.conf import settings as s; "
    "print(s.PRODUCTION, s.DEBUG, s.DEMO, s.DATABASES['default']['ENGINE'].rpartition('.')[2], "
    "s.CELERY_BROKER_URL, s.PORTAL_TODAY)"
)


def load(tmp_path: Path, environment: dict[str, str], code: str = SHOW) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of their own, with this environment and nothing else."""
    base = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "doan_portal.settings"}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=base | environment, capture_output=True, text=True, check=False
    )


def refusal(tmp_path: Path, environment: dict[str, str]) -> str:
    done = load(tmp_path, environment)
    assert done.returncode != 0, done.stdout
    return done.stderr.strip().splitlines()[-1].removeprefix("django.core.exceptions.ImproperlyConfigured: ")


@pytest.mark.parametrize("name", sorted(PRODUCTION))
def test_production_without_a_needed_value_refuses_to_start(tmp_path: Path, name: str) -> None:
    given = {key: value for key, value in PRODUCTION.items() if key != name}
    assert refusal(tmp_path, given).startswith(f"{name} is not set: ")


def test_production_with_everything_given_starts(tmp_path: Path) -> None:
    done = load(tmp_path, {**PRODUCTION, "REDIS_URL": "redis://queue.example/0"})
    assert done.stdout.split() == ["True", "False", "False", "postgresql", "redis://queue.example/0", "None"]


def test_demo_needs_nothing_and_lives_on_its_own_day(tmp_path: Path) -> None:
    done = load(tmp_path, {"DEMO": "1"})
    assert done.stdout.split() == ["False", "False", "True", "sqlite3", "filesystem://localhost", "2024-10-05"]


def test_demo_keeps_one_random_key_that_only_its_owner_reads(tmp_path: Path) -> None:
    show_key = "from django.conf import settings; print(settings.SECRET_KEY)"
    first, second = (load(tmp_path, {"DEMO": "1"}, show_key).stdout.strip() for _ in range(2))
    assert first == second == (tmp_path / "secret-key").read_text()
    assert len(first) >= 64
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_demo_answers_on_this_machine_only(tmp_path: Path) -> None:
    sentence = refusal(tmp_path, {"DEMO": "1", "ALLOWED_HOSTS": "localhost,portal.example"})
    assert sentence == "With DEMO=1 ALLOWED_HOSTS may name this machine only: localhost, 127.0.0.1, [::1]."


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DEBUG", "yes", "DEBUG must be 0 or 1, not 'yes'."),
        ("DEMO", "true", "DEMO must be 0 or 1, not 'true'."),
        ("BEHIND_TLS_PROXY", "on", "BEHIND_TLS_PROXY must be 0 or 1, not 'on'."),
        ("SECRET_KEY", "short", "SECRET_KEY is too short: 32 characters at least, random ones."),
        ("PORTAL_TODAY", "5/10/2024", "PORTAL_TODAY must be a day written YYYY-MM-DD, not '5/10/2024'."),
        ("PORTAL_TODAY", "2024-02-30", "PORTAL_TODAY must be a day written YYYY-MM-DD, not '2024-02-30'."),
        ("DATABASE_URL", "mysql://a@b/c", "DATABASE_URL must begin with one of postgres://, postgresql://, sqlite://."),
        ("DATABASE_URL", "postgres://a@b", "DATABASE_URL does not name a database."),
        ("DATABASE_URL", "postgres://a@b:x/c", "DATABASE_URL is not a database address."),
        ("REDIS_URL", "amqp://a", "REDIS_URL must begin with one of redis://, rediss://, unix://."),
        ("PAPER_PDF_VARIANT", "pdf/a-9", f"PAPER_PDF_VARIANT must be one of {VARIANTS}, not 'pdf/a-9'."),
        ("PAPER_ROWS_A_PART", "99", "PAPER_ROWS_A_PART must be a whole number from 100 to 100000, not '99'."),
        ("WORKER_CONCURRENCY", "0", "WORKER_CONCURRENCY must be a whole number from 1 to 64, not '0'."),
        ("WORKER_CONCURRENCY", "two", "WORKER_CONCURRENCY must be a whole number from 1 to 64, not 'two'."),
    ],
)
def test_a_bad_value_refuses_to_start(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    assert refusal(tmp_path, {**PRODUCTION, name: value}) == sentence


def test_behind_a_tls_proxy_cookies_are_secure(tmp_path: Path) -> None:
    show = (
        "from django.conf import settings as s; "
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0)"
    )
    assert load(tmp_path, {**PRODUCTION, "BEHIND_TLS_PROXY": "1"}, show).stdout.split() == ["True"] * 4
    assert load(tmp_path, PRODUCTION, show).stdout.split() == ["False"] * 4


def test_redis_takes_back_the_messages_of_a_lost_worker(tmp_path: Path) -> None:
    show = (
        "from django.conf import settings as s; o = s.CELERY_BROKER_TRANSPORT_OPTIONS; "
        "print(o['visibility_timeout'] > s.CELERY_TASK_TIME_LIMIT, o['unacked_restore_interval'], "
        "o['unacked_restore_throttle'], s.CELERY_TASK_ACKS_LATE, s.CELERY_TASK_REJECT_ON_WORKER_LOST)"
    )
    done = load(tmp_path, {**PRODUCTION, "REDIS_URL": "redis://queue.example/0"}, show)
    assert done.stdout.split() == ["True", "5", "1", "True", "True"]


def test_jobs_have_a_queue_of_their_own_from_which_every_worker_takes(tmp_path: Path) -> None:
    show = (
        "import django; django.setup(); from doan_portal.celery import app; route = app.amqp.router.route; "
        "print(*sorted((q.name, q.routing_key) for q in app.amqp.queues.consume_from.values()), "
        "route({}, 'core.run_job')['queue'].name, route({}, 'core.worker_heartbeat')['queue'].name, sep='; ')"
    )
    done = load(tmp_path, {"DEBUG": "1"}, show)
    assert done.stdout.strip() == "('celery', 'celery'); ('jobs', 'jobs'); jobs; celery", done.stderr


def test_a_document_is_read_before_anything_is_set_up(tmp_path: Path) -> None:
    paper = tmp_path / "ke-hoach.txt"
    paper.write_text("KẾ HOẠCH\nTháng Thanh niên năm 2024\nI. CHỈ TIÊU\n- Trồng ít nhất 100 cây xanh.\n")
    done = subprocess.run(
        [sys.executable, "manage.py", "read_document", paper],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var")},
        capture_output=True,
        text=True,
        check=True,
    )
    read = json.loads(done.stdout)
    assert [target["figure"]["low"] for target in read["targets"]] == [100]
    assert [path for path in (tmp_path / "var").rglob("*") if path.is_file()] == []
