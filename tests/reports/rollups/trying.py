"""How often a property is tried: PROPERTY_EXAMPLES multiplies it, for a night of its own."""

import os

from hypothesis import HealthCheck, Phase, settings

TIMES = int(os.environ.get("PROPERTY_EXAMPLES", "1"))


def tried(often: int) -> settings:
    """Settings of a property whose examples are made from a seed."""
    return settings(
        max_examples=often * TIMES,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a seed cannot be made simpler
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
