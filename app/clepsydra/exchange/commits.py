"""Commits in local git repositories: who wrote what when, to remember what a gap was.

Only reads, through the program `git`; nothing is fetched, no hook runs, no lock is taken. Of a repository with an own
address configured only the commits of that address count: those of colleagues say nothing about the person's day.
"""

import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from clepsydra.domain.interval import Interval
from clepsydra.language.message import Message, message

PATIENCE = 5
"""Seconds after which a repository that does not answer is passed over."""

MOST = 1000
"""No more commits than this are read of one repository."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: when its author wrote it (UTC seconds), its first line, and the repository's name."""

    at: int
    subject: str
    repository: str


@dataclass(frozen=True, slots=True)
class Written:
    """The commits of a stretch in order of time, and what could not be read."""

    commits: tuple[Commit, ...] = ()
    problems: tuple[Message, ...] = ()


def written(repositories: Iterable[Path], span: Interval) -> Written:
    """The person's own commits in a stretch, by the time their author wrote them."""
    commits: list[Commit] = []
    problems: list[Message] = []
    for repository in repositories:
        if not repository.is_dir():
            problems.append(message("{file}: there is no such repository", file=str(repository)))
            continue
        try:
            commits += _of(repository, span)
        except FileNotFoundError:
            return Written(problems=(message("git is not installed: commits suggest nothing"),))
        except (OSError, subprocess.SubprocessError):
            problems.append(message("{file}: git cannot read this repository", file=str(repository)))
    return Written(tuple(sorted(commits, key=lambda c: (c.at, c.subject))), tuple(problems))


def _of(repository: Path, span: Interval) -> list[Commit]:
    author = _git(repository, "config", "user.email", check=False).strip()
    # `--since` looks at when a commit was made or made again, which is never before it was written.
    lines = _git(
        repository, "log", "--all", "--no-merges", f"--max-count={MOST}", f"--since=@{span.started_at}",
        "--format=%at%x00%ae%x00%s",
    )  # fmt: skip
    found = {}
    for line in lines.splitlines():
        at, address, subject = line.split("\0", 2)
        inside = span.started_at <= int(at) < span.ended_at
        if inside and (not author or address.casefold() == author.casefold()):
            found[int(at), subject] = Commit(int(at), subject, repository.resolve().name)
    return list(found.values())


def _git(repository: Path, *words: str, check: bool = True) -> str:
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["git", "--no-pager", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "-C", str(repository),
         *words],
        capture_output=True, check=check, timeout=PATIENCE, env=os.environ | quiet, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return done.stdout.decode("utf-8", "replace")
