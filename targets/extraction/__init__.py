"""Reading the targets of a plan out of its outline. No database, no clock: the same text gives the same reading."""

from targets.extraction.reading import read_targets
from targets.extraction.shapes import Figure, Known, ProposedTarget, TargetReading

__all__ = ["Figure", "Known", "ProposedTarget", "TargetReading", "read_targets"]
