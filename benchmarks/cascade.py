"""The totals and shares of carriers by hand: the best SQL that PostgreSQL can be given for all of them at once, to hold
the engine against.

It knows that everything is wanted, that nothing is there yet and that nobody reads meanwhile, so it fills tables
without indexes and without a log, level by level, and could not be used for an update. Of the made-up organisation it
knows that nothing was handed down, nobody took over from another, and every unit beneath an issuer carries its targets.
"""

from django.db import connection

STATES = """
CREATE UNLOGGED TABLE cascade_basis AS
SELECT *
FROM (VALUES ('official', 'approved'), ('provisional', 'approved'), ('provisional', 'submitted')) AS b (basis, state)
"""

# Every report with its place in time, once for each basis that it counts for, and whether no unit stands beneath.
REPORTS = """
CREATE UNLOGGED TABLE cascade_report AS
SELECT r.id, r.unit_id, r.period_id, b.basis::varchar(12) AS basis, p.month AS place,
    (u.opened_on <= p.last_day AND (u.closed_on IS NULL OR u.closed_on > p.last_day) AND u.is_reporting)::int AS counts,
    NOT EXISTS (SELECT 1 FROM units_unit child WHERE child.parent_id = u.id) AS is_leaf
FROM reports_progressreport r
JOIN cascade_basis b ON b.state = r.state
JOIN reports_period p ON p.id = r.period_id
JOIN units_unit u ON u.id = r.unit_id
"""

# Units without others beneath them are done with their own entries; those of the others are put aside.
OWN = {"cascade_total": "r.is_leaf", "cascade_own": "NOT r.is_leaf"}

AMOUNTS = """
CREATE UNLOGGED TABLE {table} AS
SELECT NULL::bigint AS bloc_id, r.unit_id, e.indicator_id, r.period_id, r.basis, NULL::bigint AS since_id,
    e.amount, NULL::numeric AS numerator, NULL::numeric AS denominator, NULL::date AS done_on,
    r.counts AS reported, 0 AS carried
FROM reports_progressentry e
JOIN cascade_report r ON r.id = e.report_id
JOIN targets_indicator i ON i.id = e.indicator_id
WHERE i.over_time = 'sum' AND e.amount IS NOT NULL AND {which}
"""

# An entry of a state holds from its month to the month before the unit's next one.
HOLDING = """
INSERT INTO {table}
SELECT NULL, s.unit_id, s.indicator_id, p.id, s.basis, s.since_id,
    CASE WHEN s.kind = 'milestone' THEN (s.first_done IS NOT NULL)::int ELSE s.amount END,
    s.numerator, s.denominator, s.first_done,
    u.is_reporting::int, (u.is_reporting AND s.place < p.month)::int
FROM (
    SELECT r.unit_id, e.indicator_id, i.kind, r.basis, w.since_id, r.place, e.amount, e.numerator, e.denominator,
        LEAD(r.place) OVER in_window AS next_place, MIN(e.done_on) OVER in_window AS first_done
    FROM reports_progressentry e
    JOIN cascade_report r ON r.id = e.report_id
    JOIN targets_indicator i ON i.id = e.indicator_id
    JOIN (
        SELECT DISTINCT k.indicator_id, k.since_id, since.month AS place
        FROM reports_keptstate k JOIN reports_period since ON since.id = k.since_id
    ) w ON w.indicator_id = e.indicator_id AND w.place <= r.place
    WHERE (e.amount IS NOT NULL OR e.numerator IS NOT NULL OR e.is_done IS NOT NULL) AND {which}
    WINDOW in_window AS (PARTITION BY r.unit_id, e.indicator_id, r.basis, w.since_id ORDER BY r.place)
) s
JOIN reports_period p ON p.month >= s.place AND (s.next_place IS NULL OR p.month < s.next_place)
    AND p.month <= (SELECT MAX(last.month) FROM reports_keptstate k JOIN reports_period last ON last.id = k.period_id)
JOIN units_unit u ON u.id = s.unit_id
WHERE u.opened_on <= p.last_day AND (u.closed_on IS NULL OR u.closed_on > p.last_day)
"""

FIGURES = (
    "SUM(amount) AS amount, SUM(numerator) AS numerator, SUM(denominator) AS denominator, "
    "MIN(done_on) AS done_on, SUM(reported) AS reported, SUM(carried) AS carried"
)
LINE = "indicator_id, period_id, basis, since_id"

PARENTS = f"""
CREATE UNLOGGED TABLE cascade_level AS
SELECT NULL::bigint AS bloc_id, unit_id, {LINE}, {FIGURES} FROM (
    SELECT o.unit_id, o.indicator_id, o.period_id, o.basis, o.since_id,
        o.amount, o.numerator, o.denominator, o.done_on, o.reported, o.carried
    FROM cascade_own o JOIN units_unit u ON u.id = o.unit_id
    WHERE u.depth = %(depth)s
    UNION ALL
    SELECT u.parent_id, t.indicator_id, t.period_id, t.basis, t.since_id,
        t.amount, t.numerator, t.denominator, t.done_on, t.reported, t.carried
    FROM cascade_total t JOIN units_unit u ON u.id = t.unit_id JOIN targets_indicator i ON i.id = t.indicator_id
    WHERE u.depth = %(depth)s + 1 AND i.kind <> 'milestone'
) parts
GROUP BY unit_id, {LINE}
"""
BLOCS = f"""
INSERT INTO cascade_total
SELECT m.bloc_id, NULL, {", ".join(f"t.{name}" for name in LINE.split(", "))}, {FIGURES}
FROM units_blocmembership m
JOIN cascade_total t ON t.unit_id = m.unit_id
JOIN reports_period p ON p.id = t.period_id
    AND m.starts_on <= p.last_day AND (m.ends_on IS NULL OR m.ends_on > p.last_day)
JOIN targets_indicator i ON i.id = t.indicator_id
WHERE i.kind <> 'milestone'
GROUP BY m.bloc_id, {", ".join(f"t.{name}" for name in LINE.split(", "))}
"""

# Every unit with each unit above it, itself included.
WAYS = """
CREATE UNLOGGED TABLE cascade_way AS
SELECT above.id AS above_id, u.id AS unit_id
FROM units_unit u
CROSS JOIN LATERAL generate_series(1, u.depth) AS step
JOIN units_unit above ON above.path = LEFT(u.path, step * LENGTH(u.path) / u.depth)
"""

# How many report monthly at and beneath a unit, in each month.
STANDING = """
CREATE UNLOGGED TABLE cascade_standing AS
SELECT w.above_id AS unit_id, p.id AS period_id, COUNT(*) AS units
FROM cascade_way w
JOIN units_unit u ON u.id = w.unit_id
CROSS JOIN reports_period p
WHERE u.is_reporting AND u.opened_on <= p.last_day AND (u.closed_on IS NULL OR u.closed_on > p.last_day)
GROUP BY w.above_id, p.id
"""

CARRIERS = """
CREATE UNLOGGED TABLE cascade_carrier AS
SELECT w.unit_id, u.depth, k.id AS case_id, b.basis, i.kind, i.over_time, t.indicator_id, k.since_id,
    t.minimum, t.due_on, k.is_late, k.begins % 12 + CASE WHEN k.begins % 12 = 0 THEN 12 ELSE 0 END AS first,
    k.upto_id, upto.month AS upto, k.period_id
FROM reports_carriercase k
JOIN targets_target t ON t.id = k.target_id
JOIN targets_indicator i ON i.id = t.indicator_id
JOIN plans_plan plan ON plan.id = t.plan_id
JOIN reports_period upto ON upto.id = k.upto_id
JOIN cascade_way w ON w.above_id = plan.unit_id AND w.unit_id <> plan.unit_id
JOIN units_unit u ON u.id = w.unit_id
    AND u.opened_on <= upto.last_day AND (u.closed_on IS NULL OR u.closed_on > upto.last_day)
CROSS JOIN (VALUES ('official'), ('provisional')) AS b (basis)
"""

RUNNING = """
CREATE UNLOGGED TABLE cascade_running AS
SELECT t.unit_id, t.indicator_id, t.basis, p.month AS place,
    LEAD(p.month) OVER in_time AS next_place, SUM(t.amount) OVER in_time AS amount
FROM cascade_total t
JOIN reports_period p ON p.id = t.period_id
WHERE t.since_id IS NULL AND t.unit_id IS NOT NULL
  AND t.indicator_id IN (SELECT indicator_id FROM cascade_carrier WHERE over_time = 'sum')
WINDOW in_time AS (PARTITION BY t.unit_id, t.indicator_id, t.basis ORDER BY p.month)
"""

VERDICTS = """
CREATE UNLOGGED TABLE cascade_count AS
SELECT c.unit_id, c.depth, c.case_id, c.basis, 1 AS carriers, COALESCE(r.amount >= c.minimum, FALSE)::int AS reached,
    (r.amount IS NOT NULL)::int AS reported, 0 AS carried
FROM cascade_carrier c
LEFT JOIN cascade_running r ON r.unit_id = c.unit_id AND r.indicator_id = c.indicator_id AND r.basis = c.basis
    AND r.place <= c.upto AND (r.next_place IS NULL OR r.next_place > c.upto)
WHERE c.over_time = 'sum'
UNION ALL
SELECT c.unit_id, c.depth, c.case_id, c.basis, 1,
    CASE c.kind WHEN 'ratio' THEN COALESCE(t.denominator > 0 AND 100 * t.numerator >= c.minimum * t.denominator
        AND t.reported >= n.units, FALSE) ELSE COALESCE(t.amount >= c.minimum, FALSE) END::int,
    (t.unit_id IS NOT NULL)::int, COALESCE(t.carried > 0, FALSE)::int
FROM cascade_carrier c
LEFT JOIN cascade_total t ON t.unit_id = c.unit_id AND t.indicator_id = c.indicator_id AND t.period_id = c.upto_id
    AND t.basis = c.basis AND t.since_id = c.since_id
LEFT JOIN cascade_standing n ON n.unit_id = c.unit_id AND n.period_id = c.upto_id
WHERE c.over_time = 'latest' AND c.kind <> 'milestone'
UNION ALL
SELECT c.unit_id, c.depth, c.case_id, c.basis, 1, COALESCE(c.is_late OR t.done_on <= c.due_on, FALSE)::int,
    (t.unit_id IS NOT NULL)::int, COALESCE(t.carried > 0, FALSE)::int
FROM cascade_carrier c
LEFT JOIN cascade_total t ON t.unit_id = c.unit_id AND t.indicator_id = c.indicator_id AND t.period_id = c.period_id
    AND t.basis = c.basis AND t.since_id = c.since_id
WHERE c.kind = 'milestone'
"""

COUNTS = "carriers, reached, reported, carried"
LEVEL_OF_COUNTS = f"""
CREATE UNLOGGED TABLE cascade_level AS
SELECT unit_id, %(depth)s AS depth, case_id, basis, SUM(carriers) AS carriers, SUM(reached) AS reached,
    SUM(reported) AS reported, SUM(carried) AS carried
FROM (
    SELECT unit_id, case_id, basis, {COUNTS} FROM cascade_count WHERE depth = %(depth)s
    UNION ALL
    SELECT u.parent_id, c.case_id, c.basis, {COUNTS}
    FROM cascade_added c JOIN units_unit u ON u.id = c.unit_id JOIN reports_carriercase k ON k.id = c.case_id
    JOIN targets_target t ON t.id = k.target_id JOIN plans_plan plan ON plan.id = t.plan_id
    WHERE c.depth = %(depth)s + 1 AND c.unit_id <> plan.unit_id
) parts
GROUP BY unit_id, case_id, basis
"""

ADDED = ("way", "standing", "carrier", "running", "count", "added", "kept")
COLUMNS = f"unit_id, bloc_id, {LINE}, amount, numerator, denominator, done_on, reported, carried"

# The same rows as a table that can be read from and written to: with its key and its indexes, and in the log.
KEEP = (
    "CREATE TABLE cascade_rollup (LIKE reports_rollup INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING IDENTITY)",
    f"INSERT INTO cascade_rollup ({COLUMNS}) SELECT {COLUMNS} FROM cascade_total",
    "ALTER TABLE cascade_rollup ADD PRIMARY KEY (id)",
    "CREATE UNIQUE INDEX ON cascade_rollup (unit_id, period_id, indicator_id, basis, COALESCE(since_id, 0))",
    "CREATE UNIQUE INDEX ON cascade_rollup (bloc_id, period_id, indicator_id, basis, COALESCE(since_id, 0)) "
    "WHERE bloc_id IS NOT NULL",
    "CREATE TABLE cascade_kept (LIKE reports_carriercount INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING IDENTITY)",
    f"INSERT INTO cascade_kept (unit_id, case_id, basis, {COUNTS}, on_pace) "
    f"SELECT unit_id, case_id, basis, {COUNTS}, 0 FROM cascade_added",
    "ALTER TABLE cascade_kept ADD PRIMARY KEY (id)",
    "CREATE UNIQUE INDEX ON cascade_kept (unit_id, case_id, basis)",
)

# Rows of one side that the other has not, with every figure.
DIFFERENCES = f"""
SELECT COUNT(*) FROM (
    (SELECT {COLUMNS} FROM reports_rollup EXCEPT ALL SELECT {COLUMNS} FROM cascade_total)
    UNION ALL
    (SELECT {COLUMNS} FROM cascade_total EXCEPT ALL SELECT {COLUMNS} FROM reports_rollup)
) AS rows_of_one_side
"""
DIFFERENT_COUNTS = f"""
SELECT COUNT(*) FROM (
    (SELECT unit_id, case_id, basis, {COUNTS} FROM reports_carriercount WHERE carriers > 0
        EXCEPT ALL SELECT unit_id, case_id, basis, {COUNTS} FROM cascade_added)
    UNION ALL
    (SELECT unit_id, case_id, basis, {COUNTS} FROM cascade_added
        EXCEPT ALL SELECT unit_id, case_id, basis, {COUNTS} FROM reports_carriercount)
) AS rows_of_one_side
"""


def cascade(memory: str) -> None:
    """Fill ``cascade_total`` with all totals, and ``cascade_added`` with all counts of carriers."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET work_mem = '{memory}'")
        cursor.execute("SET jit = off")
        cursor.execute(STATES)
        cursor.execute(REPORTS)
        for table, which in OWN.items():
            cursor.execute(AMOUNTS.format(table=table, which=which))
            cursor.execute(HOLDING.format(table=table, which=which))
        cursor.execute("SELECT MAX(depth) FROM units_unit")
        for depth in range(cursor.fetchone()[0] - 1, 0, -1):
            cursor.execute(PARENTS, {"depth": depth})
            cursor.execute("INSERT INTO cascade_total SELECT * FROM cascade_level")
            cursor.execute("DROP TABLE cascade_level")
        cursor.execute(BLOCS)
        for statement in (WAYS, STANDING, CARRIERS, RUNNING, VERDICTS):
            cursor.execute(statement)
        cursor.execute("SELECT MAX(depth) FROM units_unit")
        deepest = cursor.fetchone()[0]
        cursor.execute("CREATE UNLOGGED TABLE cascade_added AS SELECT * FROM cascade_count WHERE depth = %s", [deepest])
        for depth in range(deepest - 1, 0, -1):
            cursor.execute(LEVEL_OF_COUNTS, {"depth": depth})
            cursor.execute("INSERT INTO cascade_added SELECT * FROM cascade_level")
            cursor.execute("DROP TABLE cascade_level")


def keep() -> None:
    """Make a table of them as the portal keeps it."""
    with connection.cursor() as cursor:
        for statement in KEEP:
            cursor.execute(statement)


def differences() -> int:
    """How many rows, in all columns, only one side has."""
    with connection.cursor() as cursor:
        cursor.execute("SET work_mem = '256MB'")
        found = 0
        for statement in (DIFFERENCES, DIFFERENT_COUNTS):
            cursor.execute(statement)
            found += int(cursor.fetchone()[0])
        return found


def drop() -> None:
    with connection.cursor() as cursor:
        for name in (*("basis", "report", "own", "total", "rollup"), *ADDED):
            cursor.execute(f"DROP TABLE IF EXISTS cascade_{name}")
