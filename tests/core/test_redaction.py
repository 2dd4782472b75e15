"""Addresses that are a right by themselves stand in no log: not the portal's, not gunicorn's, not the proxy's."""

import logging
import re
import runpy
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings

from core.redaction import SecretPaths

ROOT = Path(__file__).resolve().parents[2]
SECRET = "kX3-9aZ_0bQ"
ADDRESS = f"/activities/feed/{SECRET}.ics"


def portal_log() -> logging.StreamHandler:
    """The one handler through which all logs of the portal go out."""
    found = [handler for handler in logging.getLogger().handlers if any(map(_hides, handler.filters))]
    assert len(found) == 1
    return found[0]


def _hides(one: object) -> bool:
    return isinstance(one, SecretPaths)


@pytest.fixture
def out():
    """What goes out, from now on."""
    handler, stream = portal_log(), StringIO()
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)


def test_every_log_of_django_goes_out_by_that_one_way():
    others = {"django", "django.request", "django.server", "django.security", "django.template", "django.db.backends"}
    assert {name: (logging.getLogger(name).handlers, logging.getLogger(name).propagate) for name in others} == {
        name: ([], True) for name in others
    }


def test_words_around_a_secret_stay(out):
    logging.getLogger("django.request").warning("%s: %s", "Not Found", ADDRESS)
    logging.getLogger("core").warning('"GET http://portal%s?x=1 HTTP/1.1" 200', ADDRESS)
    logging.getLogger("core").warning("/activities/feeds/ %s", {"a": 1})
    assert re.sub(r"(?m)^.*? WARNING ", "", out.getvalue()).splitlines() == [
        "django.request: Not Found: /activities/feed/…",
        'core: "GET http://portal/activities/feed/…?x=1 HTTP/1.1" 200',
        "core: /activities/feeds/ {'a': 1}",
    ]


def test_a_traceback_hides_it_too(out):
    try:
        raise ValueError(f"cannot open {ADDRESS}")
    except ValueError:
        logging.getLogger("core").exception("failed")
    assert SECRET not in out.getvalue()
    assert "ValueError: cannot open /activities/feed/…" in out.getvalue()


def test_an_address_that_nothing_stands_at_is_logged_without_its_secret(out, client, db):
    assert client.get(ADDRESS).status_code == 404
    assert "Not Found: /activities/feed/…" in out.getvalue()
    assert SECRET not in out.getvalue()


def test_gunicorn_keeps_no_list_of_requests_and_hides_it_in_its_errors():
    conf = runpy.run_path(str(ROOT / "deploy/gunicorn.conf.py"))
    log, stream = logging.Logger("gunicorn.error"), StringIO()
    log.addHandler(logging.StreamHandler(stream))
    conf["hide_secret_paths"](log)
    log.error("Error handling request %s", ADDRESS)
    assert (conf["accesslog"], stream.getvalue()) == (None, "Error handling request /activities/feed/…\n")


def test_the_proxy_hides_what_the_portal_hides():
    lines = (ROOT / "deploy/Caddyfile").read_text()
    found = dict(re.findall(r'request>uri regexp "(\S+)" "(\S+)"', lines))
    assert [prefix + "-" for prefix in settings.SECRET_PATHS] == list(found.values())
    for pattern, instead in found.items():
        assert re.sub(pattern, instead, ADDRESS + "?x=1") == "/activities/feed/-?x=1"
    assert re.findall(r"(?m)^\s*log\b.*", lines) == ["\tlog default {"]
