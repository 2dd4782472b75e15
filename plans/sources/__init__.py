"""Reading a document's file: bytes of any kind in, text with a map of offsets out, or a refusal in a sentence.

``read_source`` and ``read_pasted`` are the two doors. What opens files (``word``, ``pdf``, ``plain``) runs in a process
of its own with limits of memory and time (``__main__``), started and judged by ``reading``. Nothing here knows Django's
models, and the process that opens files does not load Django at all, so that it starts at once. What the text means
stands in ``plans.outline``.
"""

from .reading import read_pasted, read_source
from .shapes import MAX_BYTES, OffsetMap, Refused, Source

__all__ = ["MAX_BYTES", "OffsetMap", "Refused", "Source", "read_pasted", "read_source"]
