"""Org mode (Emacs): `CLOCK:` lines under their headings. The first level is the client, the second the project, what is
below the note; the word of state, the priority and the tags of a heading are no part of its text.

Org keeps minutes on the wall and loses the hour that the clocks showed twice; the length it writes is not to be
trusted.
"""

import re
from collections.abc import Iterator

from clepsydra.domain.records import dataclass, field
from clepsydra.domain.session import Precision
from clepsydra.exchange.doors.parts.dates import ordinal
from clepsydra.exchange.doors.parts.walls import Wall, Walls, clock_of
from clepsydra.exchange.doors.shape import Answers, Ask, Door, DoorKind, DoorSource, Found, Item, LeftOut, ProblemCause
from clepsydra.exchange.problems import RowProblem, RowReason

_COUNT = re.compile(r"\[\d*(?:/\d*|%)\]$")
_TAGS = re.compile(r":[^\s:]+(?::[^\s:]+)*:")
_STAMP = r"\[(\d{4}-\d\d-\d\d)[^\]\d]*?(\d{1,2}:\d\d)\]"
_CLOCK = re.compile(rf"\s*CLOCK:\s*{_STAMP}(?:--{_STAMP}.*)?\s*", re.IGNORECASE)
_LINK = re.compile(r"\[\[([^][]+)\](?:\[([^][]+)\])?\]")
_WORDS = frozenset(
    (
        "TODO",
        "DONE",
        "NEXT",
        "WAITING",
        "WAIT",
        "HOLD",
        "CANCELLED",
        "CANCELED",
        "STARTED",
        "DOING",
        "SOMEDAY",
        "COMMENT",
    )
)
_DEEPEST = 64


@dataclass
class _Outline:
    """Where in the tree of headings a line stands."""

    words: frozenset[str] = _WORDS
    titles: list[str] = field(default_factory=list)
    tags: list[tuple[str, ...]] = field(default_factory=list)
    above: list[str] = field(default_factory=list)

    def enter(self, level: int, title: str, tags: str) -> None:
        """Take in a heading."""
        level = min(level, _DEEPEST)
        del self.titles[level - 1 :], self.tags[level - 1 :]
        missing = level - 1 - len(self.titles)
        self.titles += ["" for _ in range(missing)] + [self._bare(title)]
        self.tags += [() for _ in range(missing)] + [tuple(filter(None, tags.split(":")))]
        if level == 1:
            self.above = []

    def _bare(self, title: str) -> str:
        word, _, rest = title.partition(" ")
        if word in self.words:
            title = rest
        title = re.sub(r"^\s*\[#[A-Za-z0-9]\]\s*", "", title.strip()).removeprefix("COMMENT ")
        title = _LINK.sub(lambda link: link[2] or link[1], title)
        count = _COUNT.search(title)
        return (title[: count.start()] if count else title).strip()

    @property
    def path(self) -> list[str]:
        """The titles from the client down."""
        return [title for title in (*self.above, *self.titles) if title]

    @property
    def all_tags(self) -> tuple[str, ...]:
        """The tags of the headings below the client, outer ones first."""
        skipped = 0 if self.above else 1
        return tuple(dict.fromkeys(tag for tags in self.tags[skipped:] for tag in tags))


def _sniff(name: str, head: bytes) -> int:
    if re.search(rb"(?mi)^\s*CLOCK:\s*\[\d{4}-\d\d-\d\d", head):
        return 95
    return 60 if name.endswith((".org", ".org_archive")) else 0


def read(source: DoorSource, answers: Answers) -> Iterator[Item]:
    """Every closed clock of the file."""
    content = source.text
    if content is None:
        yield RowProblem(1, RowReason.NOT_TEXT)
        return
    walls, outline = Walls(answers.zone, answers.fold), _Outline()
    for line, row in enumerate(content.splitlines(), 1):
        if row.startswith("*") and (heading := _heading(row)):
            outline.enter(*heading)
        elif clock := _CLOCK.fullmatch(row):
            yield _entry(line, clock, outline, walls)
        elif row.lstrip()[:6].upper() == "CLOCK:":
            yield RowProblem(line, RowReason.NOT_READABLE, "", row.strip())
        else:
            _note(row, outline)


def _heading(row: str) -> tuple[int, str, str] | None:
    """The level of a heading, its text, and its tags; no pattern, since one may take long over many blanks."""
    rest = row.lstrip("*")
    if not rest[:1].isspace():
        return None
    text, *last = rest.rsplit(None, 1) if rest.strip() else [""]
    level = len(row) - len(rest)
    if last and _TAGS.fullmatch(last[0]) and text.strip():
        return level, text.strip(), last[0]
    return level, rest.strip(), ""


def _note(row: str, outline: _Outline) -> None:
    """Words of state of the file's own, and where archived headings stood."""
    said = row.strip()
    if said.upper().startswith(("#+TODO:", "#+SEQ_TODO:", "#+TYP_TODO:")):
        words = re.findall(r"([^\s|()]+)(?:\([^)]*\))?", said.partition(":")[2])
        outline.words = outline.words | set(words)
    elif said.startswith(":ARCHIVE_OLPATH:"):
        outline.above = [part.strip() for part in said.partition("H:")[2].split("/") if part.strip()]


def _entry(line: int, clock: re.Match[str], outline: _Outline, walls: Walls) -> Item:
    if not clock[3]:
        return LeftOut(line, ProblemCause.RUNNING, clock[0].strip())
    begin, end = _wall(clock[1], clock[2]), _wall(clock[3], clock[4])
    if begin is None or end is None:
        return RowProblem(line, RowReason.DATE, "", clock[0].strip())
    span = walls.span(line, begin, end, None)
    if isinstance(span, RowProblem):
        return span
    client, project, *rest = [*outline.path, "", ""]
    return Found(
        line, *span, precision=Precision.MINUTE, client=client, project=project,
        note=" / ".join(filter(None, rest)), tags=outline.all_tags,
    )  # fmt: skip


def _wall(day: str, clock: str) -> Wall | None:
    found, time = ordinal(day, "ymd"), clock_of(clock)
    return Wall(found, time[0], False) if found is not None and time is not None else None


DOOR = Door("org", DoorKind.SESSIONS, _sniff, read, (Ask.ZONE, Ask.FOLD), "Org mode")
