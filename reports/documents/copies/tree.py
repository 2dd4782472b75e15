"""The paper's HTML as a tree. It is our own template's, so it is well formed; text of people in it is only text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "col", "br"})

_SPACE = re.compile(r"[ \t\r\n]+")


@dataclass
class Node:
    """An element: its children are elements and text in their order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Node | str]" = field(default_factory=list)

    @property
    def css(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    @property
    def elements(self) -> "list[Node]":
        return [child for child in self.children if isinstance(child, Node)]

    @property
    def text(self) -> str:
        """What a reader sees, on one line; no-break spaces stay."""
        return " ".join(line for line in (run_text(runs) for runs in lines_of(self)) if line)

    def walk(self) -> "Iterator[Node]":
        yield self
        for child in self.elements:
            yield from child.walk()

    def first(self, tag: str, css: str = "") -> "Node | None":
        """The first element of this name and class within; None where there is none."""
        return next((node for node in self.walk() if node.tag == tag and (not css or css in node.css)), None)


@dataclass(frozen=True)
class Run:
    """Text that looks alike."""

    text: str
    bold: bool = False


def read(html: str) -> Node:
    """The whole page under one root."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


def lines_of(node: Node) -> list[list[Run]]:
    """The text of a paragraph or cell, parted at its line breaks; white space is drawn together as a browser does."""
    lines: list[list[Run]] = [[]]
    for run in _runs(node, bold=False):
        if run is None:
            lines.append([])
        elif run.text:
            lines[-1].append(run)
    return [_drawn_together(line) for line in lines]


def run_text(runs: list[Run]) -> str:
    return "".join(run.text for run in runs)


def _runs(node: Node, *, bold: bool) -> Iterator[Run | None]:
    """Text in its order; None is a line break. Of a drawing only its `desc` is text."""
    for child in node.children:
        if isinstance(child, str):
            yield Run(child, bold)
        elif child.tag == "br":
            yield None
        elif child.tag == "svg":
            said = child.first("desc")
            yield from _runs(said, bold=bold) if said else ()
        else:
            yield from _runs(child, bold=bold or child.tag == "b")


def _drawn_together(runs: list[Run]) -> list[Run]:
    joined: list[Run] = []
    open_space = True  # also at the beginning of the line
    for run in runs:
        text = _SPACE.sub(" ", run.text)
        text = text.removeprefix(" ") if open_space else text
        if text:
            joined.append(Run(text, run.bold))
            open_space = text.endswith(" ")
    if joined and joined[-1].text.endswith(" "):
        joined[-1] = Run(joined[-1].text[:-1], joined[-1].bold)
    return joined


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("root")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)
