"""What changed from one version of a plan to another: its own facts, its sections, and what higher apps register.

Rows of two versions belong together by their ``origin``. How words are compared is ``plans.versions.comparing``.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from core.templatetags.portal_numbers import vn_date

from ..models import Plan, Section
from .comparing import Change, Piece, compared


@dataclass(frozen=True)
class Fact:
    """One thing about a row, as it was and as it is; blank where there is none. ``label`` blank: the text itself."""

    label: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        return self.before != self.after

    @cached_property
    def pieces(self) -> list[Piece]:
        return compared(self.before, self.after)


@dataclass(frozen=True)
class Row:
    """A section, target or activity of either version. Added and removed ones tell all their facts."""

    change: Change
    code: str
    facts: Sequence[Fact]

    @property
    def told(self) -> list[Fact]:
        """The facts worth showing: of a changed row those that changed, and its text or name for orientation."""
        return [fact for fact in self.facts if fact.is_changed or not fact.label]

    @property
    def is_changed(self) -> bool:
        """Whether it stands in both and says something else."""
        return self.change == Change.SAME and any(fact.is_changed for fact in self.facts)


@dataclass(frozen=True)
class Part:
    """One app's rows of both versions, in the new one's order; what is gone stands after what came before it."""

    title: str
    rows: Sequence[Row]

    @property
    def shown(self) -> list[Row]:
        return [row for row in self.rows if row.change != Change.SAME or row.is_changed]

    @property
    def unchanged(self) -> int:
        return len(self.rows) - len(self.shown)

    def _count(self, change: Change) -> int:
        return sum(row.change == change for row in self.rows)

    @property
    def added(self) -> int:
        return self._count(Change.ADDED)

    @property
    def removed(self) -> int:
        return self._count(Change.REMOVED)

    @property
    def changed(self) -> int:
        return sum(row.is_changed for row in self.rows)


class Versioned(Protocol):
    """A row with a place in a version and the row that it was copied from."""

    pk: int
    origin_id: int | None


V = TypeVar("V", bound=Versioned)
Describe = Callable[[V], tuple[str, Sequence[tuple[str, str]]]]

Provider = Callable[[Plan, Plan], Part]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider (old version, new version) → its part; called in ``ready()``. A second time changes nothing."""
    if provider not in _providers:
        _providers.append(provider)


def differences(old: Plan, new: Plan) -> list[Part]:
    """Return every part of the difference: the document itself, its sections, then the apps' in registering order."""
    return [_document(old, new), _sections(old, new), *(provider(old, new) for provider in _providers)]


def rows_of(
    old: Sequence[V], new: Sequence[V], origins: Mapping[int, int | None], describe: Describe[V]
) -> Iterator[Row]:
    """Pair the rows of two versions and describe each pair; ``describe`` gives a code and (label, words) in one order.

    ``origins``: id → origin's id of the rows of all versions, to pair versions that do not follow on each other.
    """
    by_id = {row.pk: row for row in old}
    pairs = {row.pk: _origin_among(row, by_id, origins) for row in new}
    gone = _gone_after(old, set(pairs.values()))
    yield from (_row(Change.REMOVED, describe(row), None) for row in gone[None])
    for row in new:
        was = pairs[row.pk]
        if was is None:
            yield _row(Change.ADDED, None, describe(row))
            continue
        yield _row(Change.SAME, describe(by_id[was]), describe(row))
        yield from (_row(Change.REMOVED, describe(left), None) for left in gone[was])


def _origin_among(row: Versioned, known: Mapping[int, object], origins: Mapping[int, int | None]) -> int | None:
    origin = row.origin_id
    while origin is not None and origin not in known:
        origin = origins.get(origin)
    return origin


def _gone_after(old: Sequence[V], kept: set[int | None]) -> dict[int | None, list[V]]:
    """Return id of a row that stayed (null: none before) → the rows after it that are gone."""
    gone: dict[int | None, list[V]] = defaultdict(list)
    last: int | None = None
    for row in old:
        if row.pk in kept:
            last = row.pk
        else:
            gone[last].append(row)
    return gone


Described = tuple[str, Sequence[tuple[str, str]]]


def _row(change: Change, before: Described | None, after: Described | None) -> Row:
    code, labelled = after or before or ("", ())
    was = dict(before[1]) if before else {}
    now = dict(after[1]) if after else {}
    return Row(change, code, [Fact(label, was.get(label, ""), now.get(label, "")) for label, _words in labelled])


def _document(old: Plan, new: Plan) -> Part:
    def told(plan: Plan) -> Described:
        return "", [
            ("", plan.title),
            (_("Kind of document"), str(plan.get_kind_display())),
            (_("Theme of the year"), plan.theme),
            (_("Term"), f"{vn_date(plan.starts_on)} – {vn_date(plan.ends_on)}"),
            (_("Makes concrete"), f"{plan.based_on.symbol} {plan.based_on.title}" if plan.based_on else ""),
        ]

    return Part(_("Document"), [_row(Change.SAME, told(old), told(new))])


def _sections(old: Plan, new: Plan) -> Part:
    origins = dict(Section.objects.filter(plan__unit=new.unit_id, origin__isnull=False).values_list("pk", "origin"))
    before, after = (list(plan.sections.order_by("order")) for plan in (old, new))
    return Part(_("Text"), list(rows_of(before, after, origins, _described)))


def _described(section: Section) -> Described:
    words = "\n".join(part for part in (section.heading, section.text) if part)
    return section.number, [("", words), (_("Number"), section.number), (_("Topic"), str(section.get_topic_display()))]
