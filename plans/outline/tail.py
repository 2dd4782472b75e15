"""The foot of a document: recipients ("Nơi nhận") and signature, one beside the other or one after the other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from plans.outline.lines import Line, cells_of
from plans.outline.shapes import Role

_RECIPIENTS = re.compile(r"\W*noi\s?nhan\b\W*")
_ON_BEHALF = re.compile(
    r"\W*(?:t\s?/?\s?m\s?[./]|tm\s|k\s?/?\s?t\s?[./]|kt\s|t\s?/?\s?l\s?[./]|thay mat)\s*(?P<who>[a-z ]+)"
)
_OFFICES = (
    "bi thu", "pho bi thu", "chanh van phong", "pho chanh van phong", "truong ban", "pho truong ban", "chu tich",
    "pho chu tich", "hieu truong", "pho hieu truong", "tong phu trach", "truong doan", "bi thu doan truong",
    "bi thu thuong truc", "pho bi thu thuong truc", "bi thu chi doan", "bi thu doan", "nguoi lap",
    "nguoi viet ke hoach", "uy vien thuong vu", "duyet cua", "phe duyet cua", "xac nhan cua",
)  # fmt: skip
_BODIES = (
    "ban thuong vu", "ban chap hanh", "bch", "btv", "bi thu", "ban bi thu", "ban chi dao", "ban to chuc", "doan",
    "chi uy", "dang uy", "ban chi huy", "hoi dong", "ban giam hieu", "chu tich", "truong", "ban",
)  # fmt: skip
_NAME = re.compile(r"(?:[A-ZĐÀ-Ỹ][\w'’]*\.?)(?:\s+[A-ZĐÀ-Ỹ][\w'’]*){1,5}")
_SIGNED = re.compile(r"\W*(?:da ky|ky ten|ky va ghi ro ho ten|ky, ghi ro ho ten|ky, dong dau)\W*")
# No foot begins with a line that has none of these in it.
_HINT = re.compile(r"noi ?nhan|thay mat|\b[tk] ?/? ?[tml]\b|" + "|".join(_OFFICES))
# A recipient with the signature's column one space after it: "- Lưu VP. BÍ THƯ".
_BESIDE = re.compile(r"[-–+•*].*[;.,]\s+(?=[A-ZĐÀ-Ỹ(])")
_BREAK = re.compile(r"<br ?/?>")
_LONGEST_LINE = 300
_MOST_LINES = 60


@dataclass(frozen=True)
class Foot:
    """The lines of a foot with what each is, and what they say. Lines are indices into the document's lines."""

    roles: tuple[tuple[int, Role], ...]
    recipients: tuple[str, ...]
    signer: str

    @property
    def last(self) -> int:
        return self.roles[-1][0]


def begins_foot(line: Line) -> bool:
    """Tell whether a document's foot begins with this line."""
    if line.empty or len(line.words) > _LONGEST_LINE or not _HINT.search(line.bare):
        return False
    return any(_RECIPIENTS.match(bare) or _is_signature(words, bare) for words, bare in _cells(line))


def foot_at(lines: Sequence[Line], first: int, *, ends: frozenset[int]) -> Foot:
    """Return the foot that begins with line ``first``; ``ends`` are lines where something else begins."""
    roles: list[tuple[int, Role]] = []
    recipients: list[str] = []
    names: list[str] = []
    listing = signing = False
    for index in range(first, min(len(lines), first + _MOST_LINES)):
        line = lines[index]
        if index in ends and index != first:
            break
        if line.empty or line.rule:
            continue
        signs = any(_is_signature(words, bare) for words, bare in _cells(line))
        lists = any(_RECIPIENTS.match(bare) for _, bare in _cells(line))
        listing, signing = lists or (listing and not (signs and len(_cells(line)) == 1)), signing or signs
        listed = _recipients_of(line) if listing else []
        if not (
            signs or lists or listed or (signing and _may_be_signed(line)) or (listing and _goes_on(line, recipients))
        ):
            break
        recipients.extend(listed)
        names.extend(_names_of(line) if signing else [])
        roles.append((index, Role.RECIPIENTS if lists or listed or (listing and not signing) else Role.SIGNATURE))
    return Foot(tuple(roles or [(first, Role.SIGNATURE)]), tuple(recipients), names[-1] if names else "")


def _cells(line: Line) -> list[tuple[str, str]]:
    """Return the words of the columns, as written and bare; also of columns that only a space keeps apart."""
    found: list[tuple[str, str]] = []
    for start, end in _written_places(line):
        words, low = line.words[start:end], line.bare[start:end]
        beside = _RECIPIENTS.match(low) or _BESIDE.match(words)
        at = beside.end() if beside else 0
        if words and 0 < at < len(words) and _is_signature(words[at:], low[at:]):
            found += [(words[:at], low[:at]), (words[at:], low[at:])]
        elif words:
            found.append((words, low))
    return found


def _written_places(line: Line) -> list[tuple[int, int]]:
    """Return the places of the cells in the line's words; a Markdown cell's own lines are places of their own."""
    places = []
    for start, end in cells_of(line):
        at = start - line.left
        for found in _BREAK.finditer(line.words, at, end - line.left):
            places.append((at, found.start()))
            at = found.end()
        places.append((at, end - line.left))
    return places


def _is_signature(words: str, bare: str) -> bool:
    bare = " ".join(bare.replace("*", " ").split())
    if found := _ON_BEHALF.match(bare):
        return (
            len(bare) <= 80
            and found["who"].strip().startswith(_BODIES)
            and sum(map(str.isupper, words)) * 2 > len(bare.replace(" ", ""))
        )
    return (
        words.isupper()
        and len(bare) <= 60
        and any(bare == office or bare.startswith(office + " ") for office in _OFFICES)
    )


def _recipients_of(line: Line) -> list[str]:
    found = []
    for words, bare in _cells(line):
        head = _RECIPIENTS.match(bare)
        rest = (words[head.end() :] if head else words).lstrip("*_ ")
        if rest[:1] in tuple("-–—+•") or (bare.startswith("luu") and len(bare) < 40) or (head and rest.strip()):
            found.append(" ".join(rest.strip(" -–—+•*;.:").split()))
    return [words for words in found if words]


def _goes_on(line: Line, recipients: list[str]) -> bool:
    """Tell whether a line without a dash still belongs to the recipients: a wrapped one, or a list without dashes."""
    short = len(line.words) <= 70 and not re.match(r"(?:[IVX]+|\d+)\s?[./)]", line.words)
    return short and (line.words[:1].islower() or line.words.rstrip().endswith((";", ",", ".")) or not recipients)


def _may_be_signed(line: Line) -> bool:
    return all(
        _SIGNED.fullmatch(bare) or _NAME.fullmatch(words.strip(" *()")) or words.isupper()
        for words, bare in _cells(line)
    )


def _names_of(line: Line) -> list[str]:
    return [name for words, _ in _cells(line) if _NAME.fullmatch(name := words.strip(" *()")) and not name.isupper()]
