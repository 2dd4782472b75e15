"""scripts/lighthouse: which scores are too low, and that what lowered them is told."""

import importlib.util
from types import ModuleType
from typing import Any

import pytest

from tests.infra.test_dependencies import ROOT


@pytest.fixture
def lighthouse() -> ModuleType:
    spec = importlib.util.spec_from_file_location("lighthouse", ROOT / "scripts/lighthouse.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def said(accessibility: float, practices: float | None) -> dict[str, Any]:
    audits = {
        "target-size": {"id": "target-size", "title": "Too small", "score": 0, "details": {"items": [_LINK]}},
        "contrast": {"id": "contrast", "title": "Contrast", "score": 1},
        "by-hand": {"id": "by-hand", "title": "To be looked at", "score": None},
    }
    references = [{"id": name, "weight": 1} for name in audits]
    return {
        "audits": audits,
        "categories": {
            "accessibility": {"score": accessibility, "auditRefs": references},
            "best-practices": {"score": practices, "auditRefs": []},
        },
    }


_LINK = {"node": {"snippet": '<a href="#h-late">'}}


@pytest.mark.parametrize(
    ("accessibility", "practices", "low"),
    [(1.0, 1.0, False), (0.95, 0.95, False), (0.94, 1.0, True), (1.0, 0.94, True), (1.0, None, True)],
)
def test_ninety_five_is_the_least(lighthouse, accessibility, practices, low):
    assert lighthouse.is_low("dashboard", "phone", said(accessibility, practices)) is low


def test_what_lowered_a_score_is_told_with_its_place(lighthouse, capsys):
    lighthouse.is_low("dashboard", "phone", said(0.97, 1.0))
    told = capsys.readouterr().out
    assert told.splitlines() == [
        "dashboard      phone  accessibility 97  best-practices 100",
        "    target-size: Too small",
        '        <a href="#h-late">',
    ]
