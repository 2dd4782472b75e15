"""The demonstration year as a script: who did what with which monthly report, when, and with which figures.

Pure: the facts and a seed in, steps out; the same on every machine. ``lives`` says what became of each
report, ``amounts`` and ``standings`` what was done, ``narratives`` the words. Playing the script through
the portal's services is ``doan_portal.demo.loading``.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .amounts import amounts_of
from .asking import UNIT
from .chance import Chance
from .figures import begun, figures_of
from .gatherings import OWN_ACTIVITIES, Outcome, OwnActivity, outcomes_of
from .lives import LAST_MONTH, MONTHS, RETURNED_IN_SEPTEMBER, lives_of, next_sitting
from .narratives import narratives_of
from .shapes import Action, End, Figure, Figures, Life, Mistake, Step
from .standings import standings_of

SEED = 2024


@dataclass(frozen=True)
class Script:
    """What happened: month → steps taken with reports in the *following* month, and outcomes of activities by day.

    The steps of 9 are those of 1/10 to 4/10; corrections of older months stand where they were made.
    """

    steps: dict[int, list[Step]]
    outcomes: list[Outcome]


def script_of(seed: int = SEED) -> Script:
    """Return the whole year up to the demo's day, everything in the order of time."""
    lives = lives_of(seed)
    amounts, standings = amounts_of(seed, lives), standings_of(seed, lives)
    steps: dict[int, list[Step]] = {month: [] for month in MONTHS}
    for life in lives:
        chance = Chance(seed, f"{life.unit} in month {life.month}")
        figures = figures_of(life.unit, life.month, amounts, standings, chance)
        words = narratives_of(UNIT[life.unit], life.month, figures, chance)
        for step in _steps_of(life, figures, words):
            steps[step.at.month - 1].append(step)
    for of_a_month in steps.values():
        of_a_month.sort(key=lambda step: step.at)
    return Script(steps, outcomes_of(seed, lives, amounts))


def _steps_of(life: Life, figures: Figures, words: dict[str, str]) -> list[Step]:
    if life.end is End.NOT_STARTED or life.begun_at is None:
        return []
    if life.end is End.DRAFT:
        return [_step(life, life.begun_at, Action.SAVE, figures=begun(figures))]
    told = dict(figures)
    if life.mistake is not None:
        told[life.mistake.key] = life.mistake.told
    steps = _hand_in(life, life.begun_at, told, words)
    if life.end is End.RETURNED:
        return [*steps, _send_back(life, next_sitting(life.month, life.begun_at), RETURNED_IN_SEPTEMBER[life.unit])]
    if life.approved_at is None:
        return steps
    if life.mistake is None:
        return [*steps, _review(life, life.approved_at, Action.APPROVE)]
    return [*steps, *_put_right(life, life.mistake, figures, life.approved_at)]


def _put_right(life: Life, mistake: Mistake, figures: Figures, reviewed_at: datetime) -> list[Step]:
    """Sent back at the review, or approved and reopened later; then the one figure, and approval."""
    right = {mistake.key: figures[mistake.key]}
    if mistake.reopened_on is None:
        corrected_at = reviewed_at + timedelta(days=1, hours=-2)
        return [
            _send_back(life, reviewed_at, mistake.reason),
            *_hand_in(life, corrected_at, right, {}),
            _review(life, next_sitting(life.month, corrected_at), Action.APPROVE),
        ]
    reopened_at = _at_nine(mistake.reopened_on)
    return [
        _review(life, reviewed_at, Action.APPROVE),
        _step(life, reopened_at, Action.REOPEN, actor=life.reviewer, reason=mistake.reason),
        *_hand_in(life, reopened_at + timedelta(days=1), right, {}),
        _review(life, reopened_at + timedelta(days=2), Action.APPROVE),
    ]


def _at_nine(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 0)  # noqa: DTZ001 - local time, made aware by the loader


def _hand_in(life: Life, at: datetime, figures: Figures, words: dict[str, str]) -> list[Step]:
    """Typed in, looked over for some minutes, submitted."""
    saved_at = at - timedelta(minutes=12)
    return [
        _step(life, saved_at, Action.SAVE, actor=life.entered_by, figures=figures, narratives=words),
        _step(life, at, Action.SUBMIT, actor=life.entered_by),
    ]


def _send_back(life: Life, at: datetime, reason: str) -> Step:
    return _step(life, at, Action.RETURN, actor=life.reviewer, reason=reason)


def _review(life: Life, at: datetime, action: Action) -> Step:
    return _step(life, at, action, actor=life.reviewer)


def _step(
    life: Life,
    at: datetime,
    action: Action,
    *,
    actor: str | None = None,
    reason: str = "",
    figures: Figures | None = None,
    narratives: dict[str, str] | None = None,
) -> Step:
    return Step(
        at=at,
        action=action,
        unit=life.unit,
        month=life.month,
        actor=actor,
        reason=reason,
        figures=figures or {},
        narratives=narratives or {},
    )


__all__ = [
    "LAST_MONTH",
    "MONTHS",
    "OWN_ACTIVITIES",
    "SEED",
    "Action",
    "Figure",
    "Outcome",
    "OwnActivity",
    "Script",
    "Step",
    "script_of",
]
