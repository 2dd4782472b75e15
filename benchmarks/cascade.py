"""The totals by hand: the best SQL that PostgreSQL can be given for all of them at once, to hold the engine against.

It knows that everything is wanted, that nothing is there yet and that nobody reads meanwhile, so it fills tables
without indexes and without a log, level by level, and could not be used for an update.
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

COLUMNS = f"unit_id, bloc_id, {LINE}, amount, numerator, denominator, done_on, reported, carried"

# The same rows as a table that can be read from and written to: with its key and its indexes, and in the log.
KEEP = (
    "CREATE TABLE cascade_rollup (LIKE reports_rollup INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING IDENTITY)",
    f"INSERT INTO cascade_rollup ({COLUMNS}) SELECT {COLUMNS} FROM cascade_total",
    "ALTER TABLE cascade_rollup ADD PRIMARY KEY (id)",
    "CREATE UNIQUE INDEX ON cascade_rollup (unit_id, period_id, indicator_id, basis, COALESCE(since_id, 0))",
    "CREATE UNIQUE INDEX ON cascade_rollup (bloc_id, period_id, indicator_id, basis, COALESCE(since_id, 0)) "
    "WHERE bloc_id IS NOT NULL",
)

# Rows of one side that the other has not, with every figure.
DIFFERENCES = f"""
SELECT COUNT(*) FROM (
    (SELECT {COLUMNS} FROM reports_rollup EXCEPT ALL SELECT {COLUMNS} FROM cascade_total)
    UNION ALL
    (SELECT {COLUMNS} FROM cascade_total EXCEPT ALL SELECT {COLUMNS} FROM reports_rollup)
) AS rows_of_one_side
"""


def cascade(memory: str) -> None:
    """Fill ``cascade_total`` with all totals."""
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


def keep() -> None:
    """Make a table of them as the portal keeps it."""
    with connection.cursor() as cursor:
        for statement in KEEP:
            cursor.execute(statement)


def differences() -> int:
    """How many rows, in all columns, only one side has."""
    with connection.cursor() as cursor:
        cursor.execute("SET work_mem = '256MB'")
        cursor.execute(DIFFERENCES)
        return int(cursor.fetchone()[0])


def drop() -> None:
    with connection.cursor() as cursor:
        for name in ("basis", "report", "own", "total", "rollup"):
            cursor.execute(f"DROP TABLE IF EXISTS cascade_{name}")
