"""The targets of the worked examples and short ways to build a case, for the tests of compliance."""

from decimal import Decimal

from targets.compliance import Commitment, Status, StatusCase, target_status
from targets.figures import Figure

D = Decimal

BLOOD = Commitment(kind="amount", over_time="sum", carried_by="pooled", minimum=D(150), maximum=D(200), in_wholes=True)
STUDIED = Commitment(kind="ratio", over_time="latest", carried_by="pooled", minimum=D(100))
CONGRESS = Commitment(kind="milestone", over_time="latest", carried_by="each_unit", required_share=D(100))
TITLE = Commitment(kind="milestone", over_time="latest", carried_by="issuer_own")
ONE_CLASS = Commitment(kind="amount", over_time="sum", carried_by="issuer_own", minimum=D(1), in_wholes=True)
NO_RELAPSE = Commitment(kind="amount", over_time="sum", carried_by="pooled", maximum=D(0), in_wholes=True)
APP_USERS = Commitment(kind="amount", over_time="latest", carried_by="pooled", minimum=D(500), in_wholes=True)
EACH_ONE = Commitment(
    kind="amount", over_time="sum", carried_by="each_unit", minimum=D(1), required_share=D(100), in_wholes=True
)


def of(value: str | int | None, *, reported: int = 3, required: int = 3) -> Figure:
    return Figure(None if value is None else D(value), 0 if value is None else reported, required)


def case_of(
    commitment: Commitment,
    figure: Figure,
    *,
    elapsed: int = 9,
    total: int = 12,
    ended: bool = False,
    passed: bool = False,
    phase_expected: D | None = None,
    share_on_pace: D | None = None,
    later: Figure | None = None,
) -> StatusCase:
    return StatusCase(
        commitment=commitment,
        figure=figure,
        periods_elapsed=elapsed,
        periods_total=total,
        due_period_ended=ended,
        due_moment_passed=passed,
        phase_expected=phase_expected,
        share_on_pace=share_on_pace,
        later=later,
    )


def over(commitment: Commitment, figure: Figure, later: Figure | None = None) -> StatusCase:
    """The due period has ended and its due moment passed."""
    return case_of(commitment, figure, elapsed=12, ended=True, passed=True, later=later)


def status_of(case: StatusCase) -> Status:
    return target_status(case).status
