"""What the environment says where the settings say nothing: the time zone."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo


def system_zone(environment: Mapping[str, str], etc: Path = Path("/etc")) -> ZoneInfo:
    """The zone of TZ, else of the system's own files, else UTC."""
    for name in _zone_names(environment, etc):
        with suppress(KeyError, ValueError, OSError):
            return ZoneInfo(name.rpartition("zoneinfo/")[2])
    return ZoneInfo("UTC")


def _zone_names(environment: Mapping[str, str], etc: Path) -> list[str]:
    names = [environment.get("TZ", "").lstrip(":")]
    with suppress(OSError):
        names.append(str((etc / "localtime").readlink()))
    with suppress(OSError, ValueError):
        names.append((etc / "timezone").read_text("ascii").strip())
    return [name for name in names if name]
