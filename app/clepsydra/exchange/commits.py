"""Commits in local git repositories: who wrote what when, to remember what a gap was.

Only reads, through the program `git`; nothing is fetched, no hook runs, no lock is taken. Of a repository with an own
address configured only the commits of that address count: those of colleagues say nothing about the person's day.
"""

import os
import subprocess
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from time import monotonic

from clepsydra.domain.interval import Interval
from clepsydra.domain.records import dataclass
from clepsydra.language.message import Message, message
from clepsydra.settings.foreign import guarded

PATIENCE = 5
"""Seconds after which a repository that does not answer is passed over."""

MOST = 1000
"""No more commits than this are read of one repository."""

ALTOGETHER = 15
"""Seconds after which repositories that are still to be read are passed over."""

LONGEST = 300
"""Columns of a commit's first line that are read."""

_NAMING = frozenset({
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: when its author wrote it (UTC seconds), its first line, and the repository's name."""

    at: int
    subject: str
    repository: str


@dataclass(frozen=True, slots=True)
class CommitWritten:
    """The commits of a stretch in order of time, and what could not be read."""

    commits: tuple[Commit, ...] = ()
    problems: tuple[Message, ...] = ()


def written(repositories: Iterable[Path], span: Interval) -> CommitWritten:
    """The person's own commits in a stretch, by the time their author wrote them."""
    commits: list[Commit] = []
    problems: list[Message] = []
    until = monotonic() + ALTOGETHER
    for repository in repositories:
        found = guarded(partial(_of, repository, span, until))
        if isinstance(found, list):
            commits += found
        elif isinstance(found, FileNotFoundError):
            return CommitWritten(problems=(message("git is not installed: commits suggest nothing"),))
        elif isinstance(found, NotADirectoryError):
            problems.append(message("{file}: there is no such repository", file=str(repository)))
        else:
            problems.append(message("{file}: git cannot read this repository", file=str(repository)))
    return CommitWritten(tuple(sorted(commits, key=lambda c: (c.at, c.subject))), tuple(problems))


def _of(repository: Path, span: Interval, until: float) -> list[Commit]:
    if not repository.is_dir():
        raise NotADirectoryError(repository)
    author = _git(repository, until, "config", "user.email", check=False).strip()
    # `--since` looks at when a commit was made or made again, which is never before it was written.
    told = _git(
        repository, until, "log", "-z", "--all", "--no-merges", "--no-notes", "--no-patch", "--encoding=UTF-8",
        f"--max-count={MOST}", f"--since=@{span.started_at}", f"--format=%at%x00%ae%x00%<({LONGEST},trunc)%s",
    )  # fmt: skip
    # Three texts to a commit, each ended by a zero byte: no line end of any alphabet parts them.
    texts = told.split("\0")
    found = {}
    for when, address, subject in zip(texts[::3], texts[1::3], texts[2::3], strict=False):
        at = int(when) if when.isascii() and when.isdigit() and len(when) < len("1" * 15) else None
        if at is None or not span.started_at <= at < span.ended_at:
            continue
        if not author or address.casefold() == author.casefold():
            said = " ".join(subject.split())
            found[at, said] = Commit(at, said, repository.resolve().name)
    return list(found.values())


def _git(repository: Path, until: float, *words: str, check: bool = True) -> str:
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C.UTF-8"}
    # Inside a hook of another repository these name that one, and `-C` would not count.
    around = {name: value for name, value in os.environ.items() if name not in _NAMING}
    done = subprocess.run(
        ["git", "--no-pager", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "-C", str(repository),
         *words],
        capture_output=True, check=check, timeout=max(0.1, min(PATIENCE, until - monotonic())), env=around | quiet,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return done.stdout.decode("utf-8", "replace")
