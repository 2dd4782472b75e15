"""The SQL that finds what is asked of shares of carriers: units and cases, the carriers among them, whose totals count.

Text only; ``carriers`` runs it, ``carrier_statements`` holds what is found here against its bounds. A run's tables:
``carrier_asked`` (units and cases whose counts are to be said anew), ``carrier_case`` (what these cases ask),
``carrier_own`` (the carriers among the units) and ``carrier_source`` (whose totals count for a carrier: its own and
those of all that it took over from, from the month on in which they were gone).

All figures, bounds and phases are compared as whole numbers: ``SCALE`` to one, which PostgreSQL's decimals do not need.
"""

from typing import Final

from reports.enums import Basis
from targets.enums import IndicatorKind, OverTime, Reach
from units.enums import SuccessionKind

SCALED: Final = {"postgresql": "{0}", "sqlite": "CAST(ROUND({0} * 10000) AS integer)"}
SCALE: Final = {"postgresql": 1, "sqlite": 10_000}

VALUES: Final[dict[str, str]] = {
    "sum": OverTime.SUM.value,
    "ratio": IndicatorKind.RATIO.value,
    "milestone": IndicatorKind.MILESTONE.value,
    "direct": Reach.DIRECT.value,
    "official": Basis.OFFICIAL.value,
    "provisional": Basis.PROVISIONAL.value,
    "whole": SuccessionKind.WHOLE.value,
    "merged": SuccessionKind.MERGED.value,
    "split": SuccessionKind.SPLIT.value,
}


def place(period: str) -> str:
    """A period's place in time, as in ``statements``."""
    return f"({period}.year * 12 + {period}.month)"


def open_on(unit: str, day: str) -> str:
    return f"({unit}.opened_on <= {day} AND ({unit}.closed_on IS NULL OR {unit}.closed_on > {day}))"


INHERITS = "kind IN (%(whole)s, %(merged)s)"


# --- What is asked ------------------------------------------------------------------------------

# What is marked, everything above it, whoever took over from any of these, and so on; from the marked month on.
_TOUCHED = f"""
touched (unit_id, place) AS (
    SELECT marked.unit_id, MIN({place("period")})
    FROM rollup_marked AS marked JOIN reports_period AS period ON period.id = marked.period_id
    GROUP BY marked.unit_id
    UNION
    SELECT CASE way.step WHEN 0 THEN unit.parent_id ELSE link.successor_id END, touched.place
    FROM touched
    JOIN units_unit AS unit ON unit.id = touched.unit_id
    CROSS JOIN way
    LEFT JOIN units_succession AS link ON way.step = 1 AND link.predecessor_id = unit.id AND link.{INHERITS}
    WHERE CASE way.step WHEN 0 THEN unit.parent_id ELSE link.successor_id END IS NOT NULL
)
"""

_CASES = """
    reports_carriercase AS kept
    JOIN targets_target AS target ON target.id = kept.target_id
    JOIN plans_plan AS plan ON plan.id = target.plan_id
"""

# The issuers of cases that are to be said for the first time or anew, and all units beneath them.
_BENEATH = f"""
beneath (issuer_id, unit_id) AS (
    SELECT DISTINCT plan.unit_id, plan.unit_id FROM {_CASES} WHERE NOT kept.is_said
    UNION ALL
    SELECT beneath.issuer_id, child.id
    FROM beneath JOIN units_unit AS child ON child.parent_id = beneath.unit_id
)
"""

_ASK_UNSAID = f"""
    SELECT unit.id AS unit_id, unit.depth, kept.id AS case_id
    FROM {_CASES}
    JOIN beneath ON beneath.issuer_id = plan.unit_id
    JOIN units_unit AS unit ON unit.id = beneath.unit_id
    WHERE NOT kept.is_said
      AND (target.carrier_reach <> %(direct)s OR unit.id = plan.unit_id OR unit.parent_id = plan.unit_id)
"""

# Whoever asks something of a unit stands above it, and so is touched too: what all others ask is not looked at.
_ASK_TOUCHED = f"""
    SELECT unit.id AS unit_id, unit.depth, kept.id AS case_id
    FROM (SELECT unit_id, MIN(place) AS place FROM touched GROUP BY unit_id) AS touched
    JOIN units_unit AS unit ON unit.id = touched.unit_id
    CROSS JOIN {_CASES}
    JOIN units_unit AS issuer ON issuer.id = plan.unit_id
    JOIN reports_period AS period ON period.id = kept.period_id
    WHERE {place("period")} >= touched.place AND SUBSTR(unit.path, 1, LENGTH(issuer.path)) = issuer.path
      AND plan.unit_id IN (SELECT unit_id FROM touched)
"""

ASK_UNSAID: Final = f"""
CREATE TEMPORARY TABLE carrier_asked AS
WITH RECURSIVE {_BENEATH}
{_ASK_UNSAID}
"""

ASK_TOUCHED: Final = f"""
CREATE TEMPORARY TABLE carrier_asked AS
WITH RECURSIVE way (step) AS (VALUES (0), (1)), {_TOUCHED}
{_ASK_TOUCHED}
"""

ASK: Final = f"""
CREATE TEMPORARY TABLE carrier_asked AS
WITH RECURSIVE way (step) AS (VALUES (0), (1)), {_TOUCHED}, {_BENEATH}
{_ASK_UNSAID}
UNION
{_ASK_TOUCHED}
"""

# The ``shape`` of what is reached: a sum, a state, a ratio or a milestone.
_READ_CASES = f"""
CREATE TEMPORARY TABLE carrier_case AS
SELECT kept.id AS case_id, kept.target_id, plan.unit_id AS issuer_id, target.indicator_id,
    CASE WHEN indicator.over_time = %(sum)s THEN 'sum' WHEN indicator.kind IN (%(ratio)s, %(milestone)s)
        THEN indicator.kind ELSE 'state' END AS shape,
    CASE WHEN target.carrier_reach = %(direct)s THEN 1 ELSE 0 END AS is_direct,
    CAST(target.carrier_kinds AS text) AS kinds, target.starts_on, target.due_on,
    {{minimum}} AS minimum, {{maximum}} AS maximum, {{phase}} AS phase,
    CASE WHEN kept.is_late THEN 1 ELSE 0 END AS is_late, kept.since_id, kept.begins, kept.months,
    kept.upto_id, {place("upto")} AS upto_place, upto.last_day AS upto_day,
    {place("period")} AS place, period.last_day AS day
FROM {_CASES}
JOIN targets_indicator AS indicator ON indicator.id = target.indicator_id
JOIN reports_period AS upto ON upto.id = kept.upto_id
JOIN reports_period AS period ON period.id = kept.period_id
WHERE kept.id IN (SELECT case_id FROM carrier_asked)
"""


def read_cases(vendor: str) -> str:
    scaled = {"minimum": "target.minimum", "maximum": "target.maximum", "phase": "kept.phase"}
    return _READ_CASES.format(**{name: SCALED[vendor].format(column) for name, column in scaled.items()})


# As ``reports.progress.asked.is_carrier`` says, of the units open on the last day of the last month that counts.
FIND_CARRIERS: Final = f"""
CREATE TEMPORARY TABLE carrier_own AS
SELECT asked.unit_id, asked.depth, asked.case_id
FROM carrier_asked AS asked
JOIN carrier_case AS asks ON asks.case_id = asked.case_id
JOIN units_unit AS unit ON unit.id = asked.unit_id
WHERE asked.unit_id BETWEEN %(first)s AND %(last)s
  AND asked.unit_id <> asks.issuer_id AND (asks.is_direct = 0 OR unit.parent_id = asks.issuer_id)
  AND (asks.kinds = '[]' OR REPLACE(asks.kinds, '"' || unit.kind || '"', '') <> asks.kinds)
  AND {open_on("unit", "asks.upto_day")}
  AND (asks.starts_on >= unit.opened_on OR NOT EXISTS (
    SELECT 1 FROM units_succession AS link WHERE link.successor_id = unit.id AND link.kind = %(split)s))
"""

FIND_SOURCES: Final = f"""
CREATE TEMPORARY TABLE carrier_source AS
WITH RECURSIVE line (unit_id, source_id) AS (
    SELECT own.unit_id, link.predecessor_id
    FROM (SELECT DISTINCT unit_id FROM carrier_own) AS own
    JOIN units_succession AS link ON link.successor_id = own.unit_id AND link.{INHERITS}
    UNION
    SELECT line.unit_id, link.predecessor_id
    FROM line JOIN units_succession AS link ON link.successor_id = line.source_id AND link.{INHERITS}
)
SELECT DISTINCT unit_id, unit_id AS source_id, 1 AS is_own, 0 AS from_place FROM carrier_own
UNION ALL
SELECT line.unit_id, line.source_id, 0, (
    SELECT MIN({place("period")}) FROM reports_period AS period WHERE period.last_day >= gone.closed_on)
FROM line JOIN units_unit AS gone ON gone.id = line.source_id
WHERE gone.closed_on IS NOT NULL
"""

# Where very many are asked for, a stride of them, and of their verdicts, is found by these.
INDEXES: Final = (
    "CREATE INDEX carrier_asked_place ON carrier_asked (depth, unit_id)",
    "CREATE INDEX carrier_asked_unit ON carrier_asked (unit_id)",
)
INDEX_VERDICTS: Final = "CREATE INDEX carrier_verdict_place ON carrier_verdict (depth, unit_id)"

# Those asked for at one depth, a stride of ids.
STRIDE: Final = "asked.depth = %(depth)s AND asked.unit_id BETWEEN %(first)s AND %(last)s"

# How many are asked for, and between which ids.
EXTENT: Final = "SELECT COUNT(*), MIN(unit_id), MAX(unit_id) FROM carrier_asked"

# Deepest first: whether units stand beneath any that is asked for there, how many are, and between which ids.
DEPTHS: Final = """
SELECT depth, MAX(CASE WHEN EXISTS (
    SELECT 1 FROM units_unit AS child WHERE child.parent_id = asked.unit_id) THEN 1 ELSE 0 END),
    CAST(SUM(cases) AS bigint), MIN(unit_id), MAX(unit_id)
FROM (SELECT unit_id, depth, COUNT(*) AS cases FROM carrier_asked GROUP BY unit_id, depth) AS asked
GROUP BY depth ORDER BY depth DESC
"""
