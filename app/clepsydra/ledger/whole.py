"""A backup takes the home whole: beside the copy of the log every file that the log speaks of, and the person's own.

Documents, proofs, settings and client files are kept once by their hash in `files` beside the backups; a list next to
each backup says which belong to it. Bringing back fills what is missing and replaces nothing.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from clepsydra.settings.home import FROZEN, OWNED, Home, write_private
from clepsydra.store.archive import STAGED, digest

LIST = ".files.json"
"""What the name of the list ends with, in place of the backup's own ending."""

_Known = dict[str, tuple[str, int, int]]


def keep(home: Home, backup: Path) -> Path:
    """Keep every file of a home beside a backup of its log, new ones only; the list of them. Raises OSError."""
    known, listed = _latest(backup.parent), dict[str, tuple[str, int, int]]()
    for name, path in _files(home):
        stat = path.stat()
        sha, size, changed = known.get(name, ("", -1, -1))
        if (size, changed) != (stat.st_size, stat.st_mtime_ns) or not _kept_path(backup.parent, sha).exists():
            content = path.read_bytes()
            sha = digest(content)
            _put(_kept_path(backup.parent, sha), content)
        listed[name] = (sha, stat.st_size, stat.st_mtime_ns)
    list_ = _list_of(backup)
    write_private(list_, json.dumps(listed, indent=0, sort_keys=True).encode())
    return list_


def bring_back(home: Home, backup: Path) -> list[str]:
    """Put back what a backup kept and the home has not; the names of files that are nowhere. Raises OSError."""
    missing = []
    for name, (sha, *_) in _read(_list_of(backup)).items():
        path, kept = _path(home, name), _kept_path(backup.parent, sha)
        if path is None or path.exists():
            continue
        content = kept.read_bytes() if kept.is_file() else b""
        if not content or digest(content) != sha:
            missing.append(name)
            continue
        _put(path, content)
    return missing


def _files(home: Home) -> Iterator[tuple[str, Path]]:
    """The files of a home by the names that lists give them."""
    data = home.database.parent
    if home.settings_file.is_file():
        yield "config/settings.toml", home.settings_file
    for folder in OWNED:
        for path in sorted((home.path / folder).glob("*")) if (home.path / folder).is_dir() else ():
            if path.is_file() and not path.name.startswith("."):
                yield f"config/{folder}/{path.name}", path
    for folder in FROZEN:
        for path in sorted((data / folder).glob("*/*")):
            if path.is_file() and not path.name.endswith(STAGED):
                yield f"data/{path.relative_to(data).as_posix()}", path


def _path(home: Home, name: str) -> Path | None:
    """Where a listed file belongs; None for a name that leads out of the home."""
    kind, _, rest = name.partition("/")
    base = {"config": home.path, "data": home.database.parent}.get(kind)
    parts = Path(rest).parts
    return base.joinpath(*parts) if base and parts and ".." not in parts and not Path(rest).is_absolute() else None


def _kept_path(folder: Path, sha: str) -> Path:
    return folder / "files" / (sha[:2] or "none") / sha


def _put(path: Path, content: bytes) -> None:
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        write_private(path, content)


def _list_of(backup: Path) -> Path:
    return backup.with_name(backup.name.removesuffix(".db") + LIST)


def _read(path: Path) -> _Known:
    with suppress(OSError, ValueError, AttributeError, TypeError):
        return {
            str(name): (str(sha), int(size), int(at)) for name, (sha, size, at) in json.loads(path.read_bytes()).items()
        }
    return {}


def _latest(folder: Path) -> _Known:
    """The files of the latest backup in a folder, so that what has not changed is not read again."""
    lists = sorted(folder.glob(f"*{LIST}"))
    return _read(lists[-1]) if lists else {}
