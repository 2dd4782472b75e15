"""The SQL of the totals: one arithmetic, written once, for PostgreSQL and SQLite.

Text only; ``engine`` runs it, ``totals`` says the same of one unit's own work in Python. What a run
works on lies in temporary tables: ``rollup_marked`` (what changed), ``rollup_asked`` (the units or
blocs, and periods, whose totals are to be said anew) and ``rollup_change`` (what of a stride of them differs
from the stored rows). Every value is a parameter, named as in ``VALUES``; only names of our own are put
into the text.

A period's *place* in time is twelve times its year, and its month. ``sums`` is 1 where all
indicators of a period are asked for and 0 where only ``latest`` ones are: a correction in March
changes the sums of March, and states from March on (domain: Time).
"""

from typing import Final, Literal

from reports.enums import BASIS_STATES, Basis
from reports.progress.states import Action
from targets.enums import IndicatorKind, OverTime

# Units without others beneath them, units with, and blocs.
Level = Literal["leaves", "units", "blocs"]
OWNERS: Final[dict[Level, str]] = {"leaves": "unit_id", "units": "unit_id", "blocs": "bloc_id"}

# What changes the totals of a basis; a saved draft changes none.
CHANGING: Final[dict[str, tuple[Action, ...]]] = {
    Basis.OFFICIAL: (Action.APPROVE, Action.REOPEN),
    Basis.PROVISIONAL: (Action.SUBMIT, Action.RETURN, Action.APPROVE, Action.REOPEN),
}
_CHANGES = [(basis, action) for basis, actions in CHANGING.items() for action in actions]

_COUNTED = [(basis, state) for basis, states in BASIS_STATES.items() for state in states]

VALUES: Final[dict[str, str]] = {
    "sum": OverTime.SUM.value,
    "latest": OverTime.LATEST.value,
    "milestone": IndicatorKind.MILESTONE.value,
    **{f"basis{number}": basis.value for number, (basis, _state) in enumerate(_COUNTED)},
    **{f"state{number}": state.value for number, (_basis, state) in enumerate(_COUNTED)},
    **{f"changed{number}": str(basis) for number, (basis, _action) in enumerate(_CHANGES)},
    **{f"action{number}": str(action) for number, (_basis, action) in enumerate(_CHANGES)},
}

# A basis, and a state in which a report counts for it (domain: rule 9).
COUNTED: Final = "(VALUES " + ", ".join(f"(%(basis{n})s, %(state{n})s)" for n in range(len(_COUNTED))) + ")"

# SQLite keeps decimals as binary fractions: there ten-thousandths are added, which are whole and so exact (rule 17).
ADDED: Final = {
    "postgresql": "SUM({0})",
    "sqlite": "SUM(CAST(ROUND({0} * 10000) AS integer)) / 10000.0",
}

LINE: Final = ("indicator_id", "period_id", "basis", "since_id")
FIGURES: Final = ("amount", "numerator", "denominator", "done_on", "reported", "carried")

TABLES: Final = {
    "rollup_marked": "mark_id bigint, unit_id bigint, period_id bigint, sums smallint",
    "rollup_asked": "owner_id bigint, depth int, period_id bigint, sums smallint, is_open smallint, counts smallint, "
    "is_above smallint, is_first smallint",
    "rollup_change": "id bigint, owner_id bigint, indicator_id bigint, period_id bigint, basis varchar(12), "
    "since_id bigint, amount numeric, numerator numeric, denominator numeric, done_on date, "
    "reported integer, carried integer",
}


def listed(names: tuple[str, ...], table: str = "") -> str:
    """Names of columns side by side, of one table where it is named."""
    return ", ".join(f"{table}.{name}" if table else name for name in names)


# --- What is asked ------------------------------------------------------------------------------

TAKE_MARKS: Final = """
INSERT INTO rollup_marked
SELECT id, unit_id, period_id, 1 FROM reports_dirtymark ORDER BY id LIMIT %(limit)s
"""

TAKE_ALL_MARKS: Final = """
INSERT INTO rollup_marked SELECT id, unit_id, period_id, 1 FROM reports_dirtymark
"""

# By primary key, so that a mark made meanwhile stays for the next batch.
DROP_MARKS: Final = """
DELETE FROM reports_dirtymark WHERE id IN (SELECT mark_id FROM rollup_marked)
"""

# States carry over: what a unit said in a marked period may stand in every later one for which states are kept.
MARK_LATER: Final = """
INSERT INTO rollup_marked
SELECT DISTINCT CAST(NULL AS bigint), marked.unit_id, later.id, 0
FROM rollup_marked AS marked
JOIN reports_period AS period ON period.id = marked.period_id
JOIN reports_period AS later ON later.year * 12 + later.month > period.year * 12 + period.month
WHERE later.id IN (SELECT period_id FROM reports_keptstate)
"""

# Where a plan was issued, which begins windows, or a period opened, to which states are carried over: whoever has
# said something of the indicator.
MARK_NEWLY_KEPT: Final = f"""
INSERT INTO rollup_marked
WITH counted (basis, state) AS {COUNTED}
SELECT DISTINCT CAST(NULL AS bigint), report.unit_id, kept.period_id, 0
FROM reports_keptstate AS kept
JOIN reports_progressentry AS entry ON entry.indicator_id = kept.indicator_id
JOIN reports_progressreport AS report ON report.id = entry.report_id
WHERE kept.id > %(known)s AND report.state IN (SELECT state FROM counted)
"""

# The states of windows that no target in force asks for any more.
FORGET: Final = """
DELETE FROM reports_rollup
WHERE since_id IS NOT NULL
  AND NOT EXISTS (
    SELECT 1 FROM reports_keptstate AS kept
    WHERE kept.indicator_id = reports_rollup.indicator_id
      AND kept.since_id = reports_rollup.since_id
      AND kept.period_id = reports_rollup.period_id
  )
"""

# Whether the unit is open on the period's last day, whether it is then one of the n of "n of N reported", whether units
# stand beneath it (one is looked for, so that PostgreSQL does not read all units for a few), and whether this is the
# first of its periods that are asked for: so each unit is found once.
_OPEN = "(unit.opened_on <= period.last_day AND (unit.closed_on IS NULL OR unit.closed_on > period.last_day))"
_STANDING = f"""
    CASE WHEN {_OPEN} THEN 1 ELSE 0 END,
    CASE WHEN {_OPEN} AND unit.is_reporting THEN 1 ELSE 0 END,
    COALESCE((SELECT 1 FROM units_unit AS child WHERE child.parent_id = unit.id LIMIT 1), 0),
    CASE WHEN ROW_NUMBER() OVER (PARTITION BY unit.id ORDER BY period.id) = 1 THEN 1 ELSE 0 END
"""

# Every report that was ever handed in, as if it had been marked.
MARK_ALL: Final = """
INSERT INTO rollup_marked
SELECT CAST(NULL AS bigint), unit_id, period_id, 1 FROM reports_progressreport WHERE first_submitted_at IS NOT NULL
"""

# The newest step of the marked reports that changed totals, for their units and all above.
KEEP_CHANGES: Final = f"""
INSERT INTO reports_lastchange (unit_id, period_id, basis, at)
WITH RECURSIVE changing (basis, action) AS (
    VALUES {", ".join(f"(%(changed{n})s, %(action{n})s)" for n in range(len(_CHANGES)))}
),
own AS (
    SELECT report.unit_id, report.period_id, changing.basis, MAX(event.at) AS at
    FROM (SELECT DISTINCT unit_id, period_id FROM rollup_marked WHERE sums = 1) AS marked
    JOIN reports_progressreport AS report
      ON report.unit_id = marked.unit_id AND report.period_id = marked.period_id
    JOIN reports_reportevent AS event ON event.report_id = report.id
    JOIN changing ON changing.action = event.action
    GROUP BY report.unit_id, report.period_id, changing.basis
),
line (unit_id, above_id) AS (
    SELECT DISTINCT unit_id, unit_id FROM own
    UNION ALL
    SELECT line.unit_id, unit.parent_id
    FROM line JOIN units_unit AS unit ON unit.id = line.above_id
    WHERE unit.parent_id IS NOT NULL
)
SELECT line.above_id, own.period_id, own.basis, MAX(own.at)
FROM own JOIN line ON line.unit_id = own.unit_id
GROUP BY line.above_id, own.period_id, own.basis
ON CONFLICT (unit_id, period_id, basis) DO UPDATE
SET at = CASE WHEN excluded.at > reports_lastchange.at THEN excluded.at ELSE reports_lastchange.at END
"""

# What is marked, and all units above it.
ASK_MARKED: Final = f"""
INSERT INTO rollup_asked
WITH RECURSIVE above (unit_id, period_id, sums) AS (
    SELECT unit_id, period_id, sums FROM rollup_marked
    UNION
    SELECT unit.parent_id, above.period_id, above.sums
    FROM above JOIN units_unit AS unit ON unit.id = above.unit_id
    WHERE unit.parent_id IS NOT NULL
)
SELECT unit.id, unit.depth, period.id, asked.sums, {_STANDING}
FROM (SELECT unit_id, period_id, MAX(sums) AS sums FROM above GROUP BY unit_id, period_id) AS asked
JOIN units_unit AS unit ON unit.id = asked.unit_id
JOIN reports_period AS period ON period.id = asked.period_id
"""

ASK_ALL: Final = f"""
INSERT INTO rollup_asked
SELECT unit.id, unit.depth, period.id, 1, {_STANDING} FROM units_unit AS unit CROSS JOIN reports_period AS period
"""

# Where very many are asked for, a stride of them is found by this.
INDEX_ASKED: Final = "CREATE INDEX rollup_asked_place ON rollup_asked (depth, owner_id, period_id)"

# Deepest first: whether units stand beneath any that is asked for there, how many are, and between which ids.
DEPTHS: Final = """
SELECT depth, MAX(is_above), COUNT(*), MIN(owner_id), MAX(owner_id) FROM rollup_asked GROUP BY depth ORDER BY depth DESC
"""

# Every bloc that one of the units asked for is or was in. Blocs come after all units: at depth 0, which no unit has.
ASK_BLOCS: Final = """
INSERT INTO rollup_asked
SELECT membership.bloc_id, 0, asked.period_id, MAX(asked.sums), NULL, NULL, NULL, NULL
FROM rollup_asked AS asked
JOIN units_blocmembership AS membership ON membership.unit_id = asked.owner_id
GROUP BY membership.bloc_id, asked.period_id
"""


# --- What it comes to ---------------------------------------------------------------------------

# Those asked for at one depth, a stride of ids.
_ASKED = "asked.depth = %(depth)s AND asked.owner_id BETWEEN %(first)s AND %(last)s"

# A unit's own entries of ``sum`` indicators, in the period itself. A closed unit's stay where they were made.
_OWN_AMOUNTS = f"""
    SELECT asked.owner_id, entry.indicator_id, asked.period_id, counted.basis, CAST(NULL AS bigint) AS since_id,
        entry.amount, NULL AS numerator, NULL AS denominator, CAST(NULL AS date) AS done_on,
        asked.counts AS reported, 0 AS carried
    FROM rollup_asked AS asked
    JOIN reports_progressreport AS report ON report.unit_id = asked.owner_id AND report.period_id = asked.period_id
    JOIN counted ON counted.state = report.state
    JOIN reports_progressentry AS entry ON entry.report_id = report.id
    JOIN targets_indicator AS indicator ON indicator.id = entry.indicator_id
    WHERE {_ASKED} AND asked.sums = 1
      AND indicator.over_time = %(sum)s AND entry.amount IS NOT NULL
"""

# Everything that the units ever said of ``latest`` indicators. Missing is not zero (rule 2).
_SAID = f"""
    SELECT report.unit_id, entry.indicator_id, indicator.kind, counted.basis, period.year * 12 + period.month AS place,
        entry.amount, entry.numerator, entry.denominator, entry.done_on
    FROM rollup_asked AS asked
    JOIN reports_progressreport AS report ON report.unit_id = asked.owner_id
    JOIN counted ON counted.state = report.state
    JOIN reports_period AS period ON period.id = report.period_id
    JOIN reports_progressentry AS entry ON entry.report_id = report.id
    JOIN targets_indicator AS indicator ON indicator.id = entry.indicator_id
    WHERE {_ASKED} AND asked.is_first = 1 AND indicator.over_time = %(latest)s
      AND (entry.amount IS NOT NULL OR entry.numerator IS NOT NULL OR entry.is_done IS NOT NULL)
"""

# The periods for which states are kept, with the window that each is counted in.
_KEPT = """
    SELECT kept.indicator_id, kept.since_id, since.year * 12 + since.month AS since_place,
        kept.period_id, period.year * 12 + period.month AS place
    FROM reports_keptstate AS kept
    JOIN reports_period AS since ON since.id = kept.since_id
    JOIN reports_period AS period ON period.id = kept.period_id
"""

# Each entry within each window: it is the state until the next one, and a milestone is done from the earliest day
# that it or one before it gives (rule 4).
_STATES = """
    SELECT said.*, windows.since_id,
        LEAD(said.place) OVER in_window AS next_place,
        MIN(said.done_on) OVER in_window AS first_done
    FROM said
    JOIN (SELECT DISTINCT indicator_id, since_id, since_place FROM kept) AS windows
      ON windows.indicator_id = said.indicator_id AND windows.since_place <= said.place
    WINDOW in_window AS (
        PARTITION BY said.unit_id, said.indicator_id, said.basis, windows.since_id ORDER BY said.place
    )
"""

# From ``closed_on`` on a unit adds nothing. An entry older than the period is carried.
_OWN_STATES = f"""
    SELECT asked.owner_id, states.indicator_id, asked.period_id, states.basis, states.since_id,
        CASE WHEN states.kind <> %(milestone)s THEN states.amount WHEN states.first_done IS NULL THEN 0 ELSE 1 END,
        states.numerator, states.denominator, states.first_done,
        asked.counts, CASE WHEN states.place < kept.place THEN asked.counts ELSE 0 END
    FROM states
    JOIN kept ON kept.indicator_id = states.indicator_id AND kept.since_id = states.since_id
      AND kept.place >= states.place AND (states.next_place IS NULL OR kept.place < states.next_place)
    JOIN rollup_asked AS asked ON asked.owner_id = states.unit_id AND asked.period_id = kept.period_id
    WHERE {_ASKED} AND asked.is_open = 1
"""

# What stands one level deeper. A milestone is the unit's own only and is not added up (rule 4).
_OF_CHILDREN = f"""
    SELECT asked.owner_id, {listed(LINE, "child")}, {listed(FIGURES, "child")}
    FROM rollup_asked AS asked
    JOIN units_unit AS unit ON unit.parent_id = asked.owner_id
    JOIN reports_rollup AS child ON child.unit_id = unit.id AND child.period_id = asked.period_id
    JOIN targets_indicator AS indicator ON indicator.id = child.indicator_id
    WHERE {_ASKED} AND (asked.sums = 1 OR child.since_id IS NOT NULL)
      AND indicator.kind <> %(milestone)s
"""

# A bloc's members on the period's last day (domain: Time; example E10).
_OF_MEMBERS = f"""
    SELECT asked.owner_id, {listed(LINE, "member")}, {listed(FIGURES, "member")}
    FROM rollup_asked AS asked
    JOIN reports_period AS period ON period.id = asked.period_id
    JOIN units_blocmembership AS membership ON membership.bloc_id = asked.owner_id
      AND membership.starts_on <= period.last_day
      AND (membership.ends_on IS NULL OR membership.ends_on > period.last_day)
    JOIN reports_rollup AS member ON member.unit_id = membership.unit_id AND member.period_id = asked.period_id
    JOIN targets_indicator AS indicator ON indicator.id = member.indicator_id
    WHERE {_ASKED} AND (asked.sums = 1 OR member.since_id IS NOT NULL)
      AND indicator.kind <> %(milestone)s
"""

# What a level of owners is made of, and the tables that this reads.
_OWN = f"""
    counted (basis, state) AS {COUNTED}, said AS ({_SAID}), kept AS ({_KEPT}), states AS ({_STATES}),
    parts AS ({_OWN_AMOUNTS} UNION ALL {_OWN_STATES}"""
_PARTS: Final[dict[Level, str]] = {
    "leaves": f"{_OWN})",
    "units": f"{_OWN} UNION ALL {_OF_CHILDREN})",
    "blocs": f"parts AS ({_OF_MEMBERS})",
}


def _fresh(level: Level, vendor: str) -> str:
    """What the owners come to. Numerators and denominators are added and never divided (rule 1).

    A figure that nobody gave stays null (rule 2). Where no unit has others beneath it there is nothing to add.
    """
    if level == "leaves":
        return f"SELECT owner_id, {listed(LINE)}, {listed(FIGURES)} FROM parts"
    added = {name: ADDED[vendor].format(name) for name in ("amount", "numerator", "denominator")}
    added |= {"done_on": "MIN(done_on)", "reported": "SUM(reported)", "carried": "SUM(carried)"}
    return f"""
        SELECT owner_id, {listed(LINE)}, {", ".join(f"{sum_} AS {name}" for name, sum_ in added.items())}
        FROM parts GROUP BY owner_id, {listed(LINE)}
    """


def find_changes(level: Level, vendor: str) -> str:
    """Say what a stride of the owners asked for at one depth come to, and note what of that is not stored.

    What is new has no ``id``, what is gone no ``owner_id``; what is the same is not noted.
    """
    owner = OWNERS[level]
    return f"""
    INSERT INTO rollup_change
    WITH {_PARTS[level]},
    fresh AS ({_fresh(level, vendor)}),
    stored AS (
        SELECT rollup.{owner} AS owner_id, rollup.id, {listed(LINE, "rollup")}, {listed(FIGURES, "rollup")}
        FROM rollup_asked AS asked
        JOIN reports_rollup AS rollup ON rollup.{owner} = asked.owner_id AND rollup.period_id = asked.period_id
        WHERE {_ASKED} AND (asked.sums = 1 OR rollup.since_id IS NOT NULL)
    )
    SELECT stored.id, fresh.owner_id, {listed(LINE, "fresh")}, {listed(FIGURES, "fresh")}
    FROM fresh FULL JOIN stored
      ON stored.owner_id = fresh.owner_id AND stored.period_id = fresh.period_id
      AND stored.indicator_id = fresh.indicator_id AND stored.basis = fresh.basis
      AND COALESCE(stored.since_id, 0) = COALESCE(fresh.since_id, 0)
    WHERE stored.id IS NULL OR fresh.owner_id IS NULL
      OR {" OR ".join(f"stored.{name} IS DISTINCT FROM fresh.{name}" for name in FIGURES)}
    """


# --- Writing it ---------------------------------------------------------------------------------

DELETE_GONE: Final = """
DELETE FROM reports_rollup
WHERE id IN (SELECT id FROM rollup_change WHERE owner_id IS NULL)
"""

UPDATE_CHANGED: Final = f"""
UPDATE reports_rollup SET {", ".join(f"{name} = change.{name}" for name in FIGURES)}
FROM rollup_change AS change
WHERE change.id = reports_rollup.id AND change.owner_id IS NOT NULL
"""


def insert_new(level: Level) -> str:
    """New rows, those of one owner and period side by side: they are read together."""
    return f"""
    INSERT INTO reports_rollup ({OWNERS[level]}, {listed(LINE)}, {listed(FIGURES)})
    SELECT owner_id, {listed(LINE)}, {listed(FIGURES)} FROM rollup_change
    WHERE id IS NULL
    ORDER BY owner_id, period_id, indicator_id
    """


# Whole, before the next stride.
FORGET_CHANGES: Final = {"postgresql": "TRUNCATE rollup_change", "sqlite": "DELETE FROM rollup_change"}
