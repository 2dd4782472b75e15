"""Where a target is expected to land, as the leader's pages say and draw it. On screens only: never on paper.

How it is reckoned is ``targets.forecast``; from which figures, ``reports.rollups.selectors.forecasting``.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import pgettext

from core.charts import Fan
from targets.enums import Carrier
from targets.figures import HUNDRED
from targets.forecast import Forecast, Landing, NoForecast, Outlook
from targets.forecast.wording import footing_text, landing_text, sentence, verdict_text, why_text
from targets.models import Target
from targets.wording import carriers_text

from .choice import Choice


def expected_of(outlook: Outlook | None, target: Target, choice: Choice) -> "Expected | None":
    """Return the outlook for the template; null where nothing judges the target."""
    return None if outlook is None else Expected(outlook, target, choice.month.year)


@dataclass(frozen=True)
class Expected:
    """The outlook of a target at a unit; ``year`` is the one that the page speaks of."""

    outlook: Outlook
    target: Target
    year: int

    @property
    def forecast(self) -> Forecast | None:
        """Null where there is none; ``why_none`` may say why."""
        return self.outlook if isinstance(self.outlook, Forecast) else None

    @property
    def why_none(self) -> str:
        return why_text(self.outlook.why) if isinstance(self.outlook, NoForecast) else ""

    @property
    def misses(self) -> bool:
        """Whether even the upper end is below the minimum."""
        return self.forecast is not None and self.forecast.landing == Landing.BELOW

    @property
    def measure(self) -> str:
        """Who carries a share, in one word where several kinds do; else the unit of measure."""
        original = self.target.restates or self.target
        if self.forecast is None or not self.forecast.is_share:
            return self.target.indicator.measure
        if original.carried_by == Carrier.EACH_UNIT and len(original.carrier_kinds) != 1:
            return pgettext("carriers", "units")
        return carriers_text(original)

    @property
    def sentence(self) -> str:
        return sentence(self.forecast, self.measure, self.year) if self.forecast else ""

    @property
    def verdict(self) -> str:
        return verdict_text(self.forecast) if self.forecast else ""

    @property
    def landing(self) -> str:
        return self.forecast.landing if self.forecast else ""

    @property
    def footing(self) -> str:
        original = self.target.restates or self.target
        by_bloc = original.carried_by == Carrier.EACH_BLOC
        return footing_text(self.forecast, by_bloc=by_bloc) if self.forecast else ""

    @property
    def figure(self) -> str:
        """The range alone: "133–145", "6–8/10", "92–98%"."""
        return landing_text(self.forecast) if self.forecast else ""

    @property
    def fan(self) -> Fan | None:
        """The range in the measure of the chart, where shares are in percent."""
        found = self.forecast
        if found is None:
            return None
        scale = HUNDRED / found.whole if found.is_share and found.whole else Decimal(1)
        low, likely, high, bar = (end * scale for end in (found.low, found.likely, found.high, found.bar))
        return Fan(left=found.months_left, low=low, likely=likely, high=high, aim=bar)
