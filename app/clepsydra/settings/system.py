"""What the environment says where the settings say nothing: language and time zone."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

from clepsydra.settings.model import Language
from clepsydra.settings.times import zone
from clepsydra.settings.values import Wrong


def system_language(environment: Mapping[str, str]) -> Language:
    """The first language of LANGUAGE, LC_ALL, LC_MESSAGES or LANG that the program speaks, else English."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(variable, "")
        for wanted in value.split(":"):
            if wanted[:2].lower() in tuple(Language):
                return Language(wanted[:2].lower())
        if value and variable != "LANGUAGE":
            break
    return Language.EN


def system_zone(environment: Mapping[str, str], etc: Path = Path("/etc")) -> ZoneInfo:
    """The zone of TZ, else of the system's own files, else UTC."""
    for name in _zone_names(environment, etc):
        try:
            return zone(name.rpartition("zoneinfo/")[2])
        except Wrong:
            continue
    return ZoneInfo("UTC")


def _zone_names(environment: Mapping[str, str], etc: Path) -> list[str]:
    names = [environment.get("TZ", "").lstrip(":")]
    with suppress(OSError):
        names.append(str((etc / "localtime").readlink()))
    with suppress(OSError, ValueError):
        names.append((etc / "timezone").read_text("ascii").strip())
    return [name for name in names if name]
