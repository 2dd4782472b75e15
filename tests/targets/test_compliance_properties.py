"""What holds of the status for every target and every value, tried at random."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from targets import compliance
from targets.compliance import Commitment, Status, StatusCase, target_status
from targets.figures import Figure

from .cases import BLOOD, NO_RELAPSE, D, case_of, of, status_of

values = st.decimals(0, 10_000, places=4)
bounds = st.none() | values
UPWARDS = [Status.BEHIND, Status.AT_RISK, Status.ON_TRACK, Status.MET, Status.EXCEEDED]


@st.composite
def commitments(draw: st.DrawFn) -> Commitment:
    kind = draw(st.sampled_from(sorted(compliance.KINDS)))
    low, high = draw(bounds), draw(bounds)
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high)
    if low is None and high is None:
        low = draw(values)
    return Commitment(
        kind=kind,
        over_time=draw(st.sampled_from(["sum", "latest"])) if kind == "amount" else "latest",
        carried_by=draw(st.sampled_from(sorted(compliance.CARRIERS))),
        minimum=low,
        maximum=high,
        required_share=draw(st.none() | st.decimals("0.0001", 100, places=4)),
        in_wholes=draw(st.booleans()),
    )


@st.composite
def cases(draw: st.DrawFn) -> StatusCase:
    commitment = draw(commitments())
    total = draw(st.integers(1, 60))
    phase = draw(bounds)
    return case_of(
        commitment,
        Figure(draw(bounds), draw(st.integers(0, 5)), 5),
        elapsed=draw(st.integers(0, total)),
        total=total,
        ended=draw(st.booleans()),
        passed=draw(st.booleans()),
        phase_expected=None if commitment.is_by_share else phase,
        share_on_pace=phase if commitment.is_by_share else None,
        later=draw(st.none() | st.builds(Figure, bounds, st.integers(0, 5), st.just(5))),
    )


@given(cases())
def test_status_is_always_one_and_consistent(case: StatusCase) -> None:
    result = target_status(case)
    assert result.status in set(Status)
    if result.done_late:
        assert result.status is Status.MISSED
    if case.figure.value is None:
        assert result.status in {Status.NO_DATA, Status.NOT_DUE, Status.MISSED}
        assert result.completion is None
    if result.status is Status.MISSED and not case.commitment.is_limit:
        assert case.is_over


@given(st.lists(values, min_size=2, max_size=6), values, st.integers(1, 12), st.booleans())
def test_status_never_falls_as_the_value_grows(grown: list[D], minimum: D, elapsed: int, in_wholes: bool) -> None:
    commitment = replace(BLOOD, minimum=minimum or D(1), maximum=minimum + 50, in_wholes=in_wholes)
    ranks = [UPWARDS.index(status_of(case_of(commitment, of(str(value)), elapsed=elapsed))) for value in sorted(grown)]
    assert ranks == sorted(ranks)


@given(values, values, values, st.booleans())
def test_broken_limit_stays_broken_as_the_value_grows(one: D, other: D, maximum: D, is_over: bool) -> None:
    limit = replace(NO_RELAPSE, maximum=maximum)
    low, high = (
        status_of(case_of(limit, of(str(value)), ended=is_over, passed=is_over)) for value in sorted([one, other])
    )
    assert low is not Status.MISSED or high is Status.MISSED
    assert (high is Status.MISSED) == (max(one, other) > maximum)
