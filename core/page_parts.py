"""Parts that higher apps add to the pages of lower ones: registered in ``ready()``, drawn in that order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Subject = TypeVar("Subject")
Reader = TypeVar("Reader")


@dataclass(frozen=True)
class PagePart:
    """One part of a page: ``template`` draws ``shown`` as ``part.shown``."""

    template: str
    shown: Any


class PageParts(Generic[Subject, Reader]):
    """The parts of one kind of page. A provider answers null where it has nothing to show this reader."""

    def __init__(self) -> None:
        self._providers: list[Callable[[Subject, Reader], PagePart | None]] = []

    def register(self, provider: Callable[[Subject, Reader], PagePart | None]) -> None:
        """Add a provider. Registering the same one again changes nothing."""
        if provider not in self._providers:
            self._providers.append(provider)

    def of(self, subject: Subject, reader: Reader) -> list[PagePart]:
        """Return what there is to show on the subject's page."""
        return [part for provider in self._providers if (part := provider(subject, reader)) is not None]
