"""Numbers that Word draws but does not store: "I.", "1.1", "a)" and dashes, worked out anew from numbering.xml.

Follows ECMA-376 part 1, 17.9: a paragraph (or its style) names an instance (num) and a level; instances share the
counters of their abstract definition unless they override a start.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .wordml import by_id, is_on, qn, value, whole

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_LONGEST_LABEL = 40
_ROMAN = [
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
]  # fmt: skip
# Bullets come from fonts of symbols; these are what officials type themselves, by depth.
_BULLETS = ("-", "+", "*")


@dataclass
class Level:
    """How one level is written."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    glued: bool = False
    legal: bool = False
    keeps_counting: bool = False
    style: str = ""


@dataclass
class Instance:
    """One use of an abstract definition: its levels, with what the instance overrides."""

    abstract: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Gives each paragraph its number, in the document's order: asking counts."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        self._styles = by_id(styles, "w:style", "w:styleId")
        self._default = next((name for name, style in self._styles.items() if _is_default(style)), "")
        self._numbering = numbering
        self._abstracts = by_id(numbering, "w:abstractNum", "w:abstractNumId")
        self._nums = by_id(numbering, "w:num", "w:numId")
        self._styled: dict[str, tuple[str, int]] = {}
        self._instances: dict[str, Instance | None] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, paragraph: Any) -> str:
        """Return the paragraph's number or dash with the blank after it; "" where it has none."""
        number, depth = self._asked(paragraph)
        instance = self._instance(number) if number else None
        if instance is None:
            return ""
        level = instance.levels.get(depth)
        if level is None:
            return ""
        self._count(number, instance, depth)
        text = _drawn(level, depth, lambda at: self._figure(instance, at, legal=level.legal))
        return text if level.glued or not text else text + " "

    def _asked(self, paragraph: Any) -> tuple[str, int]:
        """Return the instance that the paragraph names, or its style does, and the level."""
        properties = paragraph.find(qn("w:pPr"))
        name = value(properties, "w:pStyle") or self._default
        own = properties.find(qn("w:numPr")) if properties is not None else None
        number, depth = value(own, "w:numId"), whole(value(own, "w:ilvl"))
        if not number:
            if name not in self._styled:
                self._styled[name] = self._asked_by_style(name)
            number, depth = self._styled[name]
        return ("", 0) if number == "0" else (number, min(depth, _LEVELS - 1))

    def _asked_by_style(self, name: str) -> tuple[str, int]:
        for style in self._chain(name):
            named = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if number := value(named, "w:numId"):
                return number, self._depth_of(number, style.get(qn("w:styleId"), ""), whole(value(named, "w:ilvl")))
        return "", 0

    def _depth_of(self, number: str, style: str, otherwise: int) -> int:
        instance = self._instance(number) if number else None
        levels = instance.levels if instance else {}
        return next((depth for depth, level in levels.items() if level.style == style), otherwise)

    def _chain(self, name: str) -> list[Any]:
        chain: list[Any] = []
        while name in self._styles and len(chain) < 20:
            chain.append(self._styles[name])
            name = value(chain[-1], "w:basedOn")
        return chain

    def _instance(self, number: str) -> Instance | None:
        if number not in self._instances:
            self._instances[number] = None  # a definition that leads back to itself ends here
            self._instances[number] = self._made(self._nums.get(number))
        return self._instances[number]

    def _made(self, num: Any | None) -> Instance | None:
        abstract = self._abstracts.get(value(num, "w:abstractNumId"))
        if num is None or abstract is None:
            return None
        linked = value(abstract, "w:numStyleLink")
        if linked in self._styles:
            named = self._styles[linked].find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            return self._instance(value(named, "w:numId"))
        made = Instance(abstract=abstract.get(qn("w:abstractNumId"), ""), levels=_levels(abstract))
        for override in num.findall(qn("w:lvlOverride")):
            depth = whole(override.get(qn("w:ilvl")))
            made.levels.update(_levels(override))
            if start := value(override, "w:startOverride"):
                made.starts[depth] = whole(start)
        return made

    def _count(self, number: str, instance: Instance, depth: int) -> None:
        counters = self._counters.setdefault(instance.abstract, [None] * _LEVELS)
        if depth in instance.starts and (number, depth) not in self._begun:
            counters[depth] = instance.starts[depth]
        else:
            last = counters[depth]
            counters[depth] = instance.levels[depth].start if last is None else last + 1
        self._begun.add((number, depth))
        for deeper in range(depth + 1, _LEVELS):
            if not instance.levels.get(deeper, Level()).keeps_counting:
                counters[deeper] = None

    def _figure(self, instance: Instance, depth: int, *, legal: bool) -> str:
        level = instance.levels.get(depth, Level())
        count = self._counters[instance.abstract][depth]
        return _written(level.start if count is None else count, "decimal" if legal else level.form)


def _is_default(style: Any) -> bool:
    return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in {"1", "true", "on"}


def _levels(parent: Any) -> dict[int, Level]:
    return {whole(one.get(qn("w:ilvl"))): _level(one) for one in parent.findall(qn("w:lvl"))}


def _level(one: Any) -> Level:
    start = value(one, "w:start")
    return Level(
        start=whole(start) if start else 0,
        form=value(one, "w:numFmt") or "decimal",
        text=value(one, "w:lvlText"),
        glued=value(one, "w:suff") == "nothing",
        legal=is_on(one, "w:isLgl"),
        keeps_counting=value(one, "w:lvlRestart") == "0",
        style=value(one, "w:pStyle"),
    )


def _drawn(level: Level, depth: int, figure: Callable[[int], str]) -> str:
    if level.form == "bullet":
        return level.text if level.text in _BULLETS else _BULLETS[min(depth, 1)] if level.text.strip() else ""
    return _PLACEHOLDER.sub(lambda found: figure(int(found[1]) - 1), level.text)[:_LONGEST_LABEL].strip()


def _written(count: int, form: str) -> str:
    if form == "none":
        return ""
    if form in {"upperRoman", "lowerRoman"} and 0 < count < 4000:
        return _roman(count) if form == "upperRoman" else _roman(count).lower()
    if form in {"upperLetter", "lowerLetter"} and 0 < count < 780:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    return f"{count:02}" if form == "decimalZero" else str(count)


def _roman(count: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (count // worth)
        count %= worth
    return text
