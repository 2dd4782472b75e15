"""The frozen shapes that the demonstration facts are written in; no data and no behaviour beyond them.

Stored values (kinds, carriers, precisions, states, scopes, topics) are those of the portal's
vocabularies. Figures are whole numbers because both documents use nothing else.
"""

from dataclasses import dataclass
from datetime import date

YEAR_STARTS_ON = date(2024, 1, 1)
YEAR_ENDS_ON = date(2024, 12, 31)

TOPICS = ("propaganda", "movements", "support", "children", "organisation", "advisory")


@dataclass(frozen=True, kw_only=True)
class UnitFact:
    """One body of the organisation.

    `level` and `kind` are names of `units.enums`, in lower case. `members` is the headcount of the
    unit itself, without the branches beneath it, on 2024-01-01 or on the opening day if that is
    later; None where no headcount is kept. `closed_on` is the first day the unit is gone. The four
    paper fields are filled for bodies that issue documents.
    """

    code: str
    name: str
    short_name: str
    level: str
    kind: str
    parent: str | None
    opened_on: date
    is_reporting: bool = True
    bloc: int | None = None
    members: int | None = None
    closed_on: date | None = None
    successor: str | None = None
    paper_name: str = ""
    superior_paper_name: str = ""
    place_of_issue: str = ""
    symbol_suffix: str = ""


@dataclass(frozen=True, kw_only=True)
class BlocFact:
    """A peer group (khối thi đua) of direct units of `parent`, with its head and deputy units."""

    number: int
    name: str
    parent: str
    head: str
    deputy: str


@dataclass(frozen=True, kw_only=True)
class PersonFact:
    """A demo account: a role at a unit under its title, never a private person."""

    username: str
    display_name: str
    title: str
    role: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class IndicatorFact:
    """One thing that is counted, in the catalogue of the topmost unit."""

    key: str
    name: str
    unit_of_measure: str
    kind: str
    over_time: str
    whole: bool
    topic: str


@dataclass(frozen=True, kw_only=True)
class SectionFact:
    """A part of a plan's text, in the document's order.

    `address` is the way down to it ("III/1/1.7"), unique in the plan; `parent` an address or None.
    `number` is printed: it may repeat, and is empty for opening and closing words. `topic` is empty
    where the part is none of the six headings of a report.
    """

    address: str
    number: str = ""
    heading: str = ""
    text: str = ""
    parent: str | None = None
    topic: str = ""


@dataclass(frozen=True, kw_only=True)
class PhaseFact:
    """By `due_on` the target asks `minimum` in all (cumulative)."""

    due_on: date
    minimum: int


@dataclass(frozen=True, kw_only=True)
class TargetFact:
    """One commitment. `section` is a section's address; `restates` the code of the target it repeats.

    `carrier_kinds` names unit kinds for `each_unit` and is empty otherwise; carriers are the
    issuer's direct units (`carriers` = "direct"). Ratios bound by percent.
    """

    code: str
    name: str
    indicator: str
    carried_by: str
    section: str
    label_quote_index: int
    minimum: int | None = None
    maximum: int | None = None
    required_share: int | None = None
    carrier_kinds: tuple[str, ...] = ()
    carriers: str = "direct"
    starts_on: date = YEAR_STARTS_ON
    due_on: date = YEAR_ENDS_ON
    restates: str | None = None
    phases: tuple[PhaseFact, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class WindowFact:
    """A span of days with the precision at which the document gave it."""

    starts_on: date
    ends_on: date
    precision: str


@dataclass(frozen=True, kw_only=True)
class ActivityFact:
    """A planned event and what became of it by 2024-10-05.

    `windows` are the document's own times (none where it is silent); `new_window` is where a
    postponed activity went. `feeds` names the indicator that an outcome is offered to, `outcome`
    the issuer's own amount for it; outcomes of the units are theirs and not given here. Of an activity with
    several times, `held_on` are the days that its body has set; the other times have none yet.
    """

    code: str
    name: str
    scope: str
    section: str
    label_index: int
    windows: tuple[WindowFact, ...] = ()
    tentative: bool = False
    repeats: int = 1
    held_on: tuple[date, ...] = ()
    state: str = "planned"
    done_on: date | None = None
    reason: str = ""
    new_window: WindowFact | None = None
    result: str = ""
    feeds: str | None = None
    outcome: int | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class RecipientFact:
    """A line of "Nơi nhận". `role` is b/c, p/h, t/h, or empty where the document gives none."""

    name: str
    role: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanFact:
    """An issued plan with all that hangs on it. The signer has a title and no name."""

    number: int
    symbol: str
    kind: str
    title: str
    theme: str
    issuer: str
    issued_on: date
    place: str
    starts_on: date
    ends_on: date
    signed_for: str
    signer_title: str
    recipients: tuple[RecipientFact, ...]
    sections: tuple[SectionFact, ...]
    targets: tuple[TargetFact, ...]
    activities: tuple[ActivityFact, ...]
    addressees: str = ""
    note: str = ""
