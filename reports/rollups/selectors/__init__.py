"""Reading the totals: how targets stand at units, what figures are made of, who has reported."""

from .freshness import is_being_added_up
from .reading import carrier_results, child_results, heat_map, history, own_result, target_results
from .reporting import Reporting, ReportingCounts, reporting_counts
from .results import HeatMap, MonthPoint, TargetResult

__all__ = [
    "HeatMap",
    "MonthPoint",
    "Reporting",
    "ReportingCounts",
    "TargetResult",
    "carrier_results",
    "child_results",
    "heat_map",
    "history",
    "is_being_added_up",
    "own_result",
    "reporting_counts",
    "target_results",
]
