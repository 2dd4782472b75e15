"""A share as it stands in one cell: read and written back the same, in the column of a limit and in every other."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from targets.models import Indicator, Target
from targets.sharing.bounds import cell_text, read_bounds
from targets.sharing.splitting import Bounds

D = Decimal
AMOUNT, RATIO = Indicator(kind="amount"), Indicator(kind="ratio")
PLAIN = Target(indicator=AMOUNT, minimum=D(150), maximum=D(200))
LIMIT = Target(indicator=AMOUNT, maximum=D(3))
PERCENT = Target(indicator=RATIO, minimum=D(90))


@pytest.mark.parametrize(
    ("text", "target", "bounds"),
    [
        ("", PLAIN, None),
        ("  \N{NO-BREAK SPACE} ", PLAIN, None),
        ("1.500", PLAIN, Bounds(D(1500))),
        ("12,5", PLAIN, Bounds(D("12.5"))),
        ("0", PLAIN, Bounds(D(0))),
        ("150–200", PLAIN, Bounds(D(150), D(200))),
        ("150 - 200", PLAIN, Bounds(D(150), D(200))),
        ("1.500—2.000", PLAIN, Bounds(D(1500), D(2000))),
        ("200-150", PLAIN, Bounds(D(200), D(150))),  # refused when it is handed down
        ("≤ 3", PLAIN, Bounds(None, D(3))),
        ("<=3", PLAIN, Bounds(None, D(3))),
        ("3", LIMIT, Bounds(None, D(3))),
        (">= 3", LIMIT, Bounds(D(3))),
        ("90%", PERCENT, Bounds(D(90))),
        ("90%–95,5 %", PERCENT, Bounds(D(90), D("95.5"))),
    ],
)
def test_what_a_cell_says(text, target, bounds):
    assert read_bounds(text, target) == bounds


@pytest.mark.parametrize(
    "text", ["năm", "-5", "–", "5–", "1,500", "1.5", "150–200–250", "90%", "=5", "≤", "5 ≤", "1" * 20, "1" * 100, "٣"]
)
def test_what_cannot_be_read_is_refused_in_words(text):
    with pytest.raises(ValidationError) as refused:
        read_bounds(text, PLAIN)
    assert len(refused.value.messages[0]) > 10


@pytest.mark.parametrize("target", [PLAIN, LIMIT, PERCENT])
@pytest.mark.parametrize(
    "bounds",
    [
        None,
        Bounds(D(0)),
        Bounds(D("1500.2500")),
        Bounds(None, D(7)),
        Bounds(D(0), D(0)),
        Bounds(D(5), D(5)),
        Bounds(D("12.5"), D(1500)),
    ],
)
def test_what_is_written_is_read_back_the_same(target, bounds):
    assert read_bounds(cell_text(bounds, target), target) == bounds


def test_how_it_is_written():
    assert cell_text(Bounds(D("1500.0000"), D("2000.5000")), PLAIN) == "1.500–2.000,5"
    assert cell_text(Bounds(D(5)), PLAIN) == "5"
    assert cell_text(Bounds(None, D(5)), PLAIN) == "≤ 5"
    assert cell_text(Bounds(None, D(5)), LIMIT) == "5"
    assert cell_text(Bounds(D(5)), LIMIT) == "≥ 5"
