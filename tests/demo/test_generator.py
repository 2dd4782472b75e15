"""The generated year: the same everywhere, and with the totals that it is meant to have."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from doan_portal.demo.facts.units import KCQ, PREDECESSOR, SUCCESSOR
from doan_portal.demo.generator import MONTHS, Action, Script, Step, script_of
from doan_portal.demo.generator.amounts import MONTHLY_TOTALS
from doan_portal.demo.generator.asking import asked_of

ROOT = Path(__file__).resolve().parent.parent.parent
DIGEST_OF_THE_SCRIPT = """
import hashlib
from doan_portal.demo.generator import script_of
print(hashlib.sha256(repr(script_of()).encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def script() -> Script:
    return script_of()


def all_steps(script: Script) -> list[Step]:
    return [step for steps in script.steps.values() for step in steps]


def last_figures(script: Script) -> dict[tuple[str, int, str], int]:
    """(unit, month, indicator) → the amount as it was told last, of reports that were submitted."""
    submitted = {(step.unit, step.month) for step in all_steps(script) if step.action is Action.SUBMIT}
    told = {}
    for step in all_steps(script):
        for key, figure in step.figures.items():
            if (step.unit, step.month) in submitted and figure.amount is not None:
                told[step.unit, step.month, key] = figure.amount
    return told


def test_script_is_the_same_whatever_the_hash_seed():
    digests = set()
    for seed in ("0", "1", "4711"):
        answer = subprocess.run(
            [sys.executable, "-c", DIGEST_OF_THE_SCRIPT],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "DEBUG": "1"},
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(answer.stdout.strip())
    assert digests == {hashlib.sha256(repr(script_of()).encode()).hexdigest()}


def test_another_seed_tells_another_year(script):
    assert script_of(7) != script


def test_steps_are_in_order_and_end_before_the_demo_day(script):
    for steps in script.steps.values():
        assert [step.at for step in steps] == sorted(step.at for step in steps)
    assert max(step.at.date() for step in all_steps(script)) == date(2024, 10, 4)
    assert {month: {step.at.month for step in steps} for month, steps in script.steps.items()} == {
        month: {month + 1} for month in MONTHS
    }


def test_every_report_follows_the_workflow(script):
    leads_on = {
        None: {Action.SAVE},
        Action.SAVE: {Action.SUBMIT},
        Action.SUBMIT: {Action.RETURN, Action.APPROVE},
        Action.RETURN: {Action.SAVE},
        Action.APPROVE: {Action.REOPEN},
        Action.REOPEN: {Action.SAVE},
    }
    last: dict[tuple[str, int], Action] = {}
    for step in sorted(all_steps(script), key=lambda step: step.at):
        assert step.action in leads_on[last.get((step.unit, step.month))]
        last[step.unit, step.month] = step.action
    assert Counter(last.values())[Action.REOPEN] == 0


def test_units_tell_what_they_are_asked_and_nothing_else(script):
    for step in all_steps(script):
        assert set(step.figures) <= {indicator.key for indicator in asked_of(step.unit)}


def test_closed_unit_and_successor_take_turns(script):
    months = {
        code: sorted({step.month for step in all_steps(script) if step.unit == code})
        for code in (PREDECESSOR, SUCCESSOR)
    }
    assert months == {PREDECESSOR: [1, 2, 3, 4], SUCCESSOR: [5, 6, 7, 8]}


@pytest.mark.parametrize("key", MONTHLY_TOTALS)
def test_amounts_of_the_units_add_up_to_the_months_totals(script, key):
    sums = [0] * len(MONTHS)
    for (code, month, told), amount in last_figures(script).items():
        if told == key and code != KCQ:
            sums[month - 1] += amount
    assert tuple(sums) == MONTHLY_TOTALS[key]
