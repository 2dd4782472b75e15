"""Reading the totals: how targets stand at units, what figures are made of, who has reported."""

from .aggregates import (
    GOOD,
    RED,
    StatusCounts,
    by_bloc,
    by_plan,
    by_target,
    by_unit,
    count_statuses,
)
from .counting import ReportingCounts
from .forecasting import forecasts_in
from .freshness import is_being_added_up
from .gathering import Known, read_facts
from .judging import Judge, month_points
from .reading import (
    bloc_results,
    carrier_results,
    carriers_in,
    cells_of,
    child_results,
    children_in,
    heat_map,
    history,
    number_of_carriers,
    own_in,
    own_result,
    shares_in,
    target_results,
)
from .reporting import Owed, Reporting, reporting_counts, reporting_of, reports_late
from .results import HeatMap, MonthPoint, TargetResult
from .year_before import year_before

__all__ = [
    "GOOD",
    "RED",
    "HeatMap",
    "Judge",
    "Known",
    "MonthPoint",
    "Owed",
    "Reporting",
    "ReportingCounts",
    "StatusCounts",
    "TargetResult",
    "bloc_results",
    "by_bloc",
    "by_plan",
    "by_target",
    "by_unit",
    "carrier_results",
    "carriers_in",
    "cells_of",
    "child_results",
    "children_in",
    "count_statuses",
    "forecasts_in",
    "heat_map",
    "history",
    "is_being_added_up",
    "month_points",
    "number_of_carriers",
    "own_in",
    "own_result",
    "read_facts",
    "reporting_counts",
    "reporting_of",
    "reports_late",
    "shares_in",
    "target_results",
    "year_before",
]
