"""A month's report of one unit, whole: what was done, the zeros, the blanks, and what stands as it stands."""

from doan_portal.demo.facts.shapes import IndicatorFact
from doan_portal.demo.facts.units import KCQ

from .amounts import HAND_TOLD, REMARKABLE, Amounts
from .asking import asked_of
from .chance import Chance
from .lives import LAST_MONTH
from .shapes import BLANK, Figure, Figures
from .standings import Standings

LEFT_BLANK = 2  # percent of the zeros that nobody typed
# Nobody has told these: the sports day was put off, and a returned report lacks a share.
NEVER_TOLD = ((KCQ, None, "culture_sport"), (f"{KCQ}-031", LAST_MONTH, "app_assessment"))


def figures_of(code: str, month: int, amounts: Amounts, standings: Standings, chance: Chance) -> Figures:
    """Return the unit's figures of the month by indicator, in the order in which it is asked; blanks included."""
    return {indicator.key: _figure(code, month, indicator, amounts, standings, chance) for indicator in asked_of(code)}


def _figure(
    code: str, month: int, indicator: IndicatorFact, amounts: Amounts, standings: Standings, chance: Chance
) -> Figure:
    place = (code, month, indicator.key)
    if place in NEVER_TOLD or (code, None, indicator.key) in NEVER_TOLD:
        return BLANK
    if indicator.kind == "amount":
        amount = amounts.get(place, 0)
        forgotten = chance.percent(LEFT_BLANK) and not amount and place not in REMARKABLE and code not in HAND_TOLD
        return BLANK if forgotten else Figure(amount=amount)
    if indicator.kind == "milestone":
        return standings.get(place, Figure(is_done=False))
    return standings.get(place, BLANK)


def begun(figures: Figures) -> Figures:
    """The first half of the form: how far a draft got."""
    return dict(list(figures.items())[: (len(figures) + 1) // 2])
