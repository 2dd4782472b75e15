"""Two people at one draft, field by field."""

import pytest

from reports.progress.clash import merged


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "shown", "taken", "both"),
    [
        ("5", "5", "5", "5", False, False),
        ("5", "5", "7", "7", True, False),
        ("5", "6", "5", "6", False, False),
        ("5", "6", "7", "6", False, True),
        ("5", "7", "7", "7", False, False),
        ("5", "", "7", "", False, True),
        ("5", "5", "", "", True, False),
        (None, None, "7", "7", True, False),
        (None, "6", "7", "6", False, True),
        ("một\nhai", "một\r\nhai ", "một\nhai", "một\r\nhai ", False, False),
    ],
)
def test_one_field(base, mine, theirs, shown, taken, both):
    outcome = merged(
        sent={} if mine is None else {"a": mine},
        base={} if base is None else {"a": base},
        stored={"a": theirs},
    )
    assert (outcome.fields, outcome.taken, outcome.both) == (
        {"a": shown},
        frozenset({"a"} if taken else ()),
        frozenset({"a"} if both else ()),
    )


def test_what_counts_as_the_same_can_be_told():
    told = {"sent": {"a": "MỘT"}, "base": {"a": "một"}, "stored": {"a": "hai"}}
    assert merged(**told).both == {"a"}
    assert merged(**told, same=lambda one, other: one.lower() == other.lower()).taken == {"a"}
