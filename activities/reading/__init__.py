"""A document read from end to end: its outline, targets, activities, duties and contradictions, and how well that went.

``assembly`` calls the readers of the apps in their order, ``contract`` writes what they found as JSON, ``labels`` and
``matching`` hold it against labels made by hand, ``folders`` reads such a folder. Pure but for ``folders``: text in,
dataclasses out, no database. What becomes of what was found (proposals that an officer accepts) stands in services.
"""

from .assembly import Reading, read_text
from .contract import as_json

__all__ = ["Reading", "as_json", "read_text"]
