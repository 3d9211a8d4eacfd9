"""How long the random machines run: short by default, as long as wanted by the environment."""

import os

from hypothesis import HealthCheck, settings


def machine_settings(name: str, examples: int, steps: int = 25) -> settings:
    """Of a machine whose length `NAME_EXAMPLES` and `NAME_STEPS` may say; its work takes what it takes."""
    return settings(
        max_examples=int(os.environ.get(f"{name}_EXAMPLES", str(examples))),
        stateful_step_count=int(os.environ.get(f"{name}_STEPS", str(steps))),
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
