"""Where a target lands: the figure expected at its due day, as a range, and what is still missing.

For the screens of those who steer; never for paper, which prints what was reported. What is asked and answered is
``cases``, the method ``method``, shares of carriers ``carriers``, the words ``wording``. Pure: no ORM, no clock.
"""

from .carriers import CarrierOutlook, CountCase, ShareCase, forecast_counts, forecast_share
from .cases import Forecast, ForecastCase, Landing, MonthSoFar, NoForecast, Outlook, Reason, Why
from .method import forecast, planned_months

__all__ = [
    "CarrierOutlook",
    "CountCase",
    "Forecast",
    "ForecastCase",
    "Landing",
    "MonthSoFar",
    "NoForecast",
    "Outlook",
    "Reason",
    "ShareCase",
    "Why",
    "forecast",
    "forecast_counts",
    "forecast_share",
    "planned_months",
]
