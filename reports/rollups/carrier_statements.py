"""The SQL of the shares of carriers: each carrier's own verdict (domain: rule 7), and how many stand how at each unit.

Text only; ``carriers`` runs it, ``selectors`` says the same of one carrier in Python. Who is judged is found by
``asked_statements``; ``carrier_verdict`` is what comes of it. A value is a fraction of ``top`` and ``bottom``, held
against bounds by multiplying, so that nothing is ever rounded.
"""

from typing import Final

from .asked_statements import INHERITS, SCALE, SCALED, STRIDE, open_on, place
from .statements import listed

# In the order in which they are made.
TABLES: Final = ("carrier_asked", "carrier_case", "carrier_verdict")
# Made anew for each stride of units.
TABLES_OF_A_STRIDE: Final = ("carrier_own", "carrier_source")

COUNTS: Final = ("carriers", "reached", "reported", "carried", "on_pace")
_KEY: Final = ("unit_id", "case_id", "basis")


# --- What each carrier has reached --------------------------------------------------------------

# Sums to date in the window, and milestones, at each month of those whose totals count; both hold until the next one.
# Of each only what is asked of it: what bodies elsewhere ask of others would grow with their number.
_RUNNING = f"""
sought AS MATERIALIZED (
    SELECT DISTINCT source.source_id, asks.target_id, asks.indicator_id, asks.shape, asks.since_id, asks.begins
    FROM carrier_own AS own
    JOIN carrier_case AS asks ON asks.case_id = own.case_id AND asks.shape IN ('sum', %(milestone)s)
    JOIN carrier_source AS source ON source.unit_id = own.unit_id
),
running AS (
    SELECT sought.source_id, sought.target_id, total.basis, {place("period")} AS place,
        LEAD({place("period")}) OVER in_time AS next_place,
        SUM({{amount}}) OVER in_time AS amount, total.done_on, total.carried
    FROM (SELECT DISTINCT source_id FROM carrier_source) AS source
    JOIN reports_rollup AS total ON total.unit_id = source.source_id
    JOIN sought ON sought.source_id = source.source_id AND sought.indicator_id = total.indicator_id
    JOIN reports_period AS period ON period.id = total.period_id
    WHERE (sought.shape = 'sum' AND total.since_id IS NULL AND {place("period")} >= sought.begins)
       OR (sought.shape = %(milestone)s AND total.since_id = sought.since_id)
    WINDOW in_time AS (PARTITION BY sought.source_id, sought.target_id, total.basis ORDER BY {place("period")})
)
"""


def _state(total: str, unit: str, period: str, basis: str) -> str:
    """The join of one state."""
    return (
        f"{total}.unit_id = {unit} AND {total}.period_id = {period} AND {total}.indicator_id = asks.indicator_id "
        f"AND {total}.basis = {basis} AND {total}.since_id = asks.since_id"
    )


# Who said nothing of a state itself takes the last states of those it took over from; where one of these said nothing
# either, of those that it had taken over from. ``from_id`` null: the carrier itself.
_LOST = f"""
lost (case_id, heir_id, basis, unit_id, from_id, period_id, has_said) AS (
    SELECT own.case_id, own.unit_id, based.basis, own.unit_id, CAST(NULL AS bigint), asks.upto_id, 0
    FROM (SELECT DISTINCT unit_id FROM carrier_source WHERE is_own = 0) AS heir
    JOIN carrier_own AS own ON own.unit_id = heir.unit_id
    JOIN carrier_case AS asks ON asks.case_id = own.case_id AND asks.shape IN ('state', %(ratio)s)
    CROSS JOIN based
    LEFT JOIN reports_rollup AS total ON {_state("total", "own.unit_id", "asks.upto_id", "based.basis")}
    WHERE total.id IS NULL
    UNION ALL
    SELECT lost.case_id, lost.heir_id, lost.basis, gone.id, lost.unit_id, final.id,
        CASE WHEN total.id IS NULL THEN 0 ELSE 1 END
    FROM lost
    JOIN carrier_case AS asks ON asks.case_id = lost.case_id
    JOIN reports_period AS period ON period.id = lost.period_id
    JOIN units_succession AS link ON link.successor_id = lost.unit_id AND link.{INHERITS}
    JOIN units_unit AS gone ON gone.id = link.predecessor_id AND gone.closed_on <= period.last_day
    JOIN reports_period AS final ON final.id = (
        SELECT one.id FROM reports_period AS one
        WHERE {place("one")} <= {place("period")} AND {open_on("gone", "one.last_day")}
        ORDER BY one.year DESC, one.month DESC LIMIT 1)
    LEFT JOIN reports_rollup AS total ON {_state("total", "gone.id", "final.id", "lost.basis")}
    WHERE lost.has_said = 0 AND {place("final")} >= asks.begins
),
left_behind AS (
    SELECT lost.* FROM lost
    WHERE lost.from_id IS NOT NULL AND (lost.has_said = 1 OR NOT EXISTS (
        SELECT 1 FROM lost AS before
        WHERE before.case_id = lost.case_id AND before.heir_id = lost.heir_id
          AND before.basis = lost.basis AND before.from_id = lost.unit_id))
)
"""

# How many units report monthly at and beneath a unit: a ratio proves nothing before all of them have (rule 8).
_REQUIRED = f"""
seats AS (
    SELECT own.unit_id, asks.upto_id AS period_id
    FROM carrier_own AS own JOIN carrier_case AS asks ON asks.case_id = own.case_id AND asks.shape = %(ratio)s
    UNION
    SELECT unit_id, period_id FROM left_behind
),
under (seat_id, unit_id) AS (
    SELECT DISTINCT unit_id, unit_id FROM seats
    UNION ALL
    SELECT under.seat_id, child.id FROM under JOIN units_unit AS child ON child.parent_id = under.unit_id
),
required AS (
    SELECT seats.unit_id, seats.period_id, COUNT(*) AS units
    FROM seats
    JOIN reports_period AS period ON period.id = seats.period_id
    JOIN under ON under.seat_id = seats.unit_id
    JOIN units_unit AS unit ON unit.id = under.unit_id
    WHERE unit.is_reporting AND {open_on("unit", "period.last_day")}
    GROUP BY seats.unit_id, seats.period_id
)
"""

# What was handed down, in force on the day of judgement; with what was taken over (``targets.selectors.shares_on``).
_HANDED = f"""
dated AS (
    SELECT share.target_id, share.unit_id, share.effective_on,
        LEAD(share.effective_on) OVER (
            PARTITION BY share.target_id, share.unit_id ORDER BY share.effective_on) AS next_on,
        {{minimum}} AS minimum, {{maximum}} AS maximum
    FROM targets_allocation AS share
    WHERE share.target_id IN (SELECT target_id FROM carrier_case WHERE shape <> %(milestone)s)
      AND share.unit_id IN (SELECT source_id FROM carrier_source)
),
given (case_id, heir_id, unit_id, target_id, day, effective_on, minimum, maximum) AS (
    SELECT own.case_id, own.unit_id, own.unit_id, asks.target_id, asks.day, share.effective_on,
        share.minimum, share.maximum
    FROM (
        SELECT DISTINCT dated.target_id, source.unit_id
        FROM dated JOIN carrier_source AS source ON source.source_id = dated.unit_id
    ) AS known
    JOIN carrier_own AS own ON own.unit_id = known.unit_id
    JOIN carrier_case AS asks ON asks.case_id = own.case_id AND asks.target_id = known.target_id
    JOIN units_unit AS unit ON unit.id = own.unit_id AND {open_on("unit", "asks.day")}
    LEFT JOIN dated AS share ON share.target_id = asks.target_id AND share.unit_id = own.unit_id
      AND share.effective_on <= asks.day AND (share.next_on IS NULL OR share.next_on > asks.day)
    UNION ALL
    SELECT given.case_id, given.heir_id, gone.id, given.target_id, given.day, share.effective_on,
        share.minimum, share.maximum
    FROM given
    JOIN units_succession AS link ON link.successor_id = given.unit_id AND link.{INHERITS}
    JOIN units_unit AS gone ON gone.id = link.predecessor_id AND gone.closed_on <= given.day
    LEFT JOIN dated AS share ON share.target_id = given.target_id AND share.unit_id = gone.id
      AND share.effective_on <= given.day AND (share.next_on IS NULL OR share.next_on > given.day)
    WHERE given.effective_on IS NULL OR given.effective_on < gone.closed_on
),
handed AS (
    SELECT case_id, heir_id AS unit_id,
        CASE WHEN COUNT(*) = COUNT(minimum) THEN SUM(minimum) END AS minimum,
        CASE WHEN COUNT(*) = COUNT(maximum) THEN SUM(maximum) END AS maximum
    FROM given WHERE effective_on IS NOT NULL
    GROUP BY case_id, heir_id
)
"""

# For whom a running total is looked up, in whose totals, and as of which month. A milestone is read as of the month
# asked, also after the due period: what was done in time may be reported late. Made up at once, so that PostgreSQL
# knows how many they are before it looks.
_LOOKED_UP = """
looked_up AS MATERIALIZED (
    SELECT own.case_id, own.unit_id, source.source_id, source.is_own, source.from_place, asks.target_id,
        CASE asks.shape WHEN 'sum' THEN asks.upto_place ELSE asks.place END AS place
    FROM carrier_own AS own
    JOIN carrier_case AS asks ON asks.case_id = own.case_id AND asks.shape IN ('sum', %(milestone)s)
    JOIN carrier_source AS source ON source.unit_id = own.unit_id
)
"""

_PARTS = f"""
parts (case_id, unit_id, basis, is_own, amount, numerator, denominator, done_on, reported, carried, required) AS (
    SELECT up.case_id, up.unit_id, running.basis, up.is_own,
        running.amount, NULL, NULL, running.done_on, 0, running.carried, 0
    FROM looked_up AS up
    JOIN running ON running.source_id = up.source_id AND running.target_id = up.target_id
      AND running.place <= up.place AND (running.next_place IS NULL OR running.next_place > up.place)
    WHERE up.place >= up.from_place
    UNION ALL
    SELECT own.case_id, own.unit_id, total.basis, 1, {{amount}}, {{numerator}}, {{denominator}}, NULL,
        total.reported, total.carried, required.units
    FROM carrier_own AS own
    JOIN carrier_case AS asks ON asks.case_id = own.case_id AND asks.shape IN ('state', %(ratio)s)
    JOIN reports_rollup AS total ON {_state("total", "own.unit_id", "asks.upto_id", "total.basis")}
    LEFT JOIN required ON required.unit_id = own.unit_id AND required.period_id = asks.upto_id
    UNION ALL
    SELECT gone.case_id, gone.heir_id, gone.basis, 0, {{amount}}, {{numerator}}, {{denominator}}, NULL,
        COALESCE(total.reported, 0), COALESCE(total.reported, 0), COALESCE(required.units, 0)
    FROM left_behind AS gone
    JOIN carrier_case AS asks ON asks.case_id = gone.case_id
    LEFT JOIN reports_rollup AS total ON {_state("total", "gone.unit_id", "gone.period_id", "gone.basis")}
    LEFT JOIN required ON required.unit_id = gone.unit_id AND required.period_id = gone.period_id
),
whole AS (
    SELECT case_id, unit_id, basis, SUM(amount) AS amount, SUM(numerator) AS numerator,
        SUM(denominator) AS denominator, MIN(done_on) AS done_on, SUM(reported) AS reported,
        SUM(carried) AS carried, MAX(CASE WHEN is_own = 1 THEN carried END) AS own_carried,
        SUM(required) AS required
    FROM parts
    GROUP BY case_id, unit_id, basis
)
"""

# ``is_done``: a milestone in time, or at all where the case is late.
_STANDING = """
standing AS (
    SELECT own.unit_id, own.depth, own.case_id, based.basis, asks.shape, asks.is_late, asks.phase,
        asks.months, asks.upto_place - asks.begins + 1 AS elapsed, asks.minimum AS of_target,
        CASE WHEN handed.unit_id IS NULL THEN asks.minimum ELSE handed.minimum END AS minimum,
        CASE WHEN handed.unit_id IS NULL THEN asks.maximum ELSE handed.maximum END AS maximum,
        CASE asks.shape
            WHEN %(ratio)s THEN 100 * {scale} * whole.numerator
            WHEN %(milestone)s THEN CASE
                WHEN whole.unit_id IS NULL THEN NULL
                WHEN whole.done_on IS NOT NULL AND (asks.is_late = 1 OR whole.done_on <= asks.due_on)
                THEN 100 * {scale} ELSE 0 END
            ELSE whole.amount END AS top,
        CASE asks.shape WHEN %(ratio)s THEN whole.denominator ELSE 1 END AS bottom,
        CASE WHEN asks.shape <> %(ratio)s OR whole.reported >= COALESCE(whole.required, 0)
            THEN 1 ELSE 0 END AS is_proven,
        CASE asks.shape
            WHEN 'sum' THEN 0
            WHEN %(milestone)s THEN COALESCE(whole.own_carried, CASE WHEN whole.unit_id IS NULL THEN 0 ELSE 1 END)
            ELSE COALESCE(whole.carried, 0) END AS carried
    FROM carrier_own AS own
    JOIN carrier_case AS asks ON asks.case_id = own.case_id
    CROSS JOIN based
    LEFT JOIN whole ON whole.case_id = own.case_id AND whole.unit_id = own.unit_id AND whole.basis = based.basis
    LEFT JOIN handed ON handed.case_id = own.case_id AND handed.unit_id = own.unit_id
)
"""

# A limit is kept until it is broken, also by a silent carrier. Who has said a ratio of nothing has spoken, without a
# value.
_JUDGED = """
judged AS (
    SELECT standing.*, CASE
        WHEN shape = %(milestone)s THEN CASE WHEN top > 0 THEN 1 ELSE 0 END
        WHEN maximum IS NOT NULL AND COALESCE(minimum, 0) = 0
        THEN CASE WHEN bottom > 0 AND top > maximum * bottom THEN 0 ELSE 1 END
        WHEN bottom > 0 AND top >= minimum * bottom AND is_proven = 1 THEN 1
        ELSE 0 END AS reached,
        CASE WHEN top IS NOT NULL AND bottom IS NOT NULL THEN 1 ELSE 0 END AS reported,
        CASE WHEN maximum IS NOT NULL AND COALESCE(minimum, 0) = 0 THEN 1 ELSE 0 END AS is_limit
    FROM standing
)
"""

# Of a share handed down the phases ask as much as they ask of the whole; where nothing is asked yet, nobody lags.
_VERDICT = """
SELECT unit_id, depth, case_id, basis, reached, reported, CASE WHEN carried > 0 THEN reported ELSE 0 END AS carried,
    CASE
        WHEN is_late = 1 THEN 0
        WHEN phase IS NULL AND (shape <> 'sum' OR is_limit = 1) THEN reached
        WHEN phase IS NULL THEN CASE WHEN elapsed <= 0 OR minimum = 0 OR top * months >= minimum * elapsed
            THEN 1 ELSE 0 END
        WHEN phase = 0 THEN 1
        WHEN minimum IS NULL OR COALESCE(of_target, 0) = 0 OR minimum = of_target
        THEN CASE WHEN bottom > 0 AND top >= phase * bottom THEN 1 ELSE 0 END
        WHEN minimum = 0 OR (bottom > 0 AND top * of_target >= phase * minimum * bottom) THEN 1
        ELSE 0 END AS on_pace
FROM judged
"""


def find_verdicts(vendor: str) -> str:
    """Hold every carrier that is asked for against its bounds, on both bases."""

    def scaled(text: str, **columns: str) -> str:
        return text.format(**{name: SCALED[vendor].format(column) for name, column in columns.items()})

    totals = {name: f"total.{name}" for name in ("amount", "numerator", "denominator")}
    parts = (
        "based (basis) AS (VALUES (%(official)s), (%(provisional)s))",
        scaled(_RUNNING, amount="total.amount"),
        _LOST,
        _REQUIRED,
        scaled(_HANDED, minimum="share.minimum", maximum="share.maximum"),
        _LOOKED_UP,
        scaled(_PARTS, **totals),
        _STANDING.format(scale=SCALE[vendor]),
        _JUDGED,
    )
    return f"INSERT INTO carrier_verdict WITH RECURSIVE {', '.join(parts)} {_VERDICT}"


MAKE_VERDICTS: Final = """
CREATE TEMPORARY TABLE carrier_verdict (unit_id bigint, depth int, case_id bigint, basis varchar(12),
    reached int, reported int, carried int, on_pace int)
"""


# --- How many they are --------------------------------------------------------------------------

_OWN = f"""
    SELECT {listed(_KEY)}, 1 AS carriers, {listed(COUNTS[1:])} FROM carrier_verdict AS asked WHERE {STRIDE}
"""

# The unit itself, where it is a carrier, and what stands one level deeper.
_WITH_CHILDREN = f"""
    SELECT {listed(_KEY)}, {", ".join(f"SUM({name}) AS {name}" for name in COUNTS)}
    FROM (
        {_OWN}
        UNION ALL
        SELECT asked.unit_id, asked.case_id, child.basis, {listed(COUNTS, "child")}
        FROM carrier_asked AS asked
        JOIN units_unit AS unit ON unit.parent_id = asked.unit_id
        JOIN reports_carriercount AS child ON child.unit_id = unit.id AND child.case_id = asked.case_id
        WHERE {STRIDE}
    ) AS parts
    GROUP BY {listed(_KEY)}
"""


def add_up(*, is_above: bool) -> str:
    """How many there are at a stride of the units asked for at one depth; some have others beneath them, or none has.

    What is the same is not written; where no carrier is left, nought stays.
    """
    return f"""
    INSERT INTO reports_carriercount ({listed(_KEY)}, {listed(COUNTS)})
    WITH fresh AS ({_WITH_CHILDREN if is_above else _OWN}),
    stored AS (
        SELECT {listed(_KEY, "kept")}, {listed(COUNTS, "kept")}
        FROM carrier_asked AS asked
        JOIN reports_carriercount AS kept ON kept.unit_id = asked.unit_id AND kept.case_id = asked.case_id
        WHERE {STRIDE}
    )
    SELECT {", ".join(f"COALESCE(fresh.{name}, stored.{name})" for name in _KEY)},
        {", ".join(f"COALESCE(fresh.{name}, 0)" for name in COUNTS)}
    FROM fresh FULL JOIN stored ON {" AND ".join(f"stored.{name} = fresh.{name}" for name in _KEY)}
    WHERE {" OR ".join(f"stored.{name} IS DISTINCT FROM COALESCE(fresh.{name}, 0)" for name in COUNTS)}
    ON CONFLICT ({listed(_KEY)}) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in COUNTS)}
    """


SAID: Final = "UPDATE reports_carriercase SET is_said = TRUE WHERE NOT is_said"
