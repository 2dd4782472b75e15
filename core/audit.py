"""Who changed what on reference data: django-auditlog, model by model, with the person of the request.

Apps name their models in ``ready()``. Bulk statements pass it by, so reference data is written row by row; the history
of reports, plans, activities and roles is rows of their own and not here.
"""

from auditlog.registry import auditlog
from django.db.models import Model


def keep_log_of(*models: type[Model], without: tuple[str, ...] = ()) -> None:
    """Log every row of these models that is made, changed or deleted; ``without`` names fields that say nothing."""
    for model in models:
        known = {field.name for field in model._meta.get_fields()}
        auditlog.register(model, exclude_fields=[name for name in without if name in known])
