"""Two people at one draft: what the first changed and what the second typed, told apart field by field.

A field that this person left as the page was made takes the other's; one that only this person changed stays as
typed; where both changed it, this person chooses.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from plans.enums import Topic

from .fields import part_of
from .sheet import Line, Sheet


@dataclass(frozen=True)
class Clash:
    """What comes of it: ``fields`` as the page shows them, those ``taken`` over, and those that ``both`` changed."""

    fields: dict[str, str]
    taken: frozenset[str]
    both: frozenset[str]


def same_words(one: str, other: str) -> bool:
    """Whether both say the same, however it is broken into lines: browsers send line ends of their own."""
    return " ".join(one.split()) == " ".join(other.split())


def merged(
    *,
    sent: Mapping[str, str],
    base: Mapping[str, str],
    stored: Mapping[str, str],
    same: Callable[[str, str], bool] = same_words,
) -> Clash:
    """Lay what was ``sent`` over what is ``stored``; ``base`` is what the page was made from (missing: blank)."""
    fields: dict[str, str] = {}
    taken, both = set(), set()
    for name, theirs in stored.items():
        mine, before = sent.get(name, ""), base.get(name, "")
        fields[name] = mine
        if same(mine, theirs):
            continue
        if same(mine, before):
            fields[name] = theirs
            taken.add(name)
        elif not same(theirs, before):
            both.add(name)
    return Clash(fields, frozenset(taken), frozenset(both))


@dataclass(frozen=True)
class Part:
    """A line or a text of the report where two people met: its key as ``take`` names it, and what is stored."""

    key: str
    name: str
    line: Line | None
    text: str = ""

    @property
    def anchor(self) -> str:
        """Where it stands in the page."""
        return f"i{self.key}" if self.line else f"id_{self.key}"


def parts_named(sheet: Sheet, names: Iterable[str]) -> list[Part]:
    """The lines and texts that these fields belong to, in the order of the page, with what is stored of them."""
    wanted = {part_of(name) for name in names}
    lines = [Part(str(line.indicator.pk), line.indicator.name, line) for line in sheet.lines]
    texts = [Part(f"t-{topic}", str(label), None, sheet.narratives.get(topic, "")) for topic, label in Topic.choices]
    return [part for part in (*lines, *texts) if part.key in wanted]
