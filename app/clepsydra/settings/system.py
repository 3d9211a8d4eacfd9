"""What the environment says where the settings say nothing: the time zone."""

import os
from collections.abc import Mapping
from contextlib import suppress
from zoneinfo import ZoneInfo

from clepsydra.settings.foreign import StrPath


def system_zone(environment: Mapping[str, str], etc: StrPath = "/etc") -> ZoneInfo:
    """The zone of TZ, else of the system's own files, else UTC."""
    for name in _zone_names(environment, etc):
        with suppress(KeyError, ValueError, OSError):
            return ZoneInfo(name.rpartition("zoneinfo/")[2])
    return ZoneInfo("UTC")


def _zone_names(environment: Mapping[str, str], etc: StrPath) -> list[str]:
    names = [environment.get("TZ", "").lstrip(":")]
    with suppress(OSError):
        names.append(os.readlink(os.path.join(etc, "localtime")))
    with suppress(OSError, ValueError), open(os.path.join(etc, "timezone"), encoding="ascii") as file:
        names.append(file.read().strip())
    return [name for name in names if name]
