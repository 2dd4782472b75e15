"""Parts and links that higher apps add to the pages of lower ones: registered in ``ready()``, drawn in that order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Subject = TypeVar("Subject")
Reader = TypeVar("Reader")
Part = TypeVar("Part")


@dataclass(frozen=True)
class PagePart:
    """One part of a page: ``template`` draws ``shown`` as ``part.shown``."""

    template: str
    shown: Any


@dataclass(frozen=True)
class PageLink:
    """A way on, offered in the head of a page."""

    label: str
    url: str


class Provided(Generic[Subject, Reader, Part]):
    """What several providers offer of one kind of page; null is a provider's word for nothing to show this reader."""

    def __init__(self) -> None:
        self._providers: list[Callable[[Subject, Reader], Part | None]] = []

    def register(self, provider: Callable[[Subject, Reader], Part | None]) -> None:
        """Add a provider. Registering the same one again changes nothing."""
        if provider not in self._providers:
            self._providers.append(provider)

    def of(self, subject: Subject, reader: Reader) -> list[Part]:
        """Return what there is to show on the subject's page."""
        return [part for provider in self._providers if (part := provider(subject, reader)) is not None]


class PageParts(Provided[Subject, Reader, PagePart]):
    """The parts of one kind of page."""


class PageLinks(Provided[Subject, Reader, PageLink]):
    """The ways on from one kind of page."""
