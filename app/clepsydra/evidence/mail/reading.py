"""The mails that the person sent in a stretch of time, out of the folders that they named.

Heads are read first, newest folder entries alone; a body is opened only of a mail that counts and lies in the day that
is looked at, in memory, to count its words (P2). Files are read and never changed: nothing is moved, marked or locked
(P6).
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Final, Protocol, TypeVar

from clepsydra.domain.interval import Interval
from clepsydra.domain.records import dataclass
from clepsydra.evidence.mail.heads import Fields, MailHead, by_hand, fields_of, head_of, sent_at, to_others
from clepsydra.language.message import Message, message
from clepsydra.settings.foreign import guarded, refusal

T = TypeVar("T")

LATE: Final = 86_400
"""A file comes after its mail was written, by a clock that may go wrong by this many seconds."""

DAY: Final = 26 * 3600
"""Seconds of the longest day there is: of a longer stretch no body is opened, whose words nobody needs."""

PATIENCE: Final = 10.0
"""Seconds after which a folder that is still not read is passed over, and said so."""


class MailEntry(Protocol):
    """A mail in a folder, not opened yet."""

    def head(self) -> bytes:
        """Its first 16 KiB, or all of it where it is shorter."""

    def whole(self) -> bytes:
        """As much of it as its words may stand in."""

    @property
    def arrived(self) -> int | None:
        """When its file came, in UTC seconds, where it has one of its own."""


@dataclass(frozen=True, slots=True)
class SentMail:
    """A mail that the person wrote to others."""

    head: MailHead
    to: tuple[str, ...]
    """Whom it went to, without the person."""
    words: int | None
    """Words of their own: a hint of how long it took, never its length. None where more than a day was looked at."""


@dataclass(frozen=True, slots=True)
class SentFound:
    """The mails of a stretch in order of time, and what could not be read."""

    mails: tuple[SentMail, ...] = ()
    problems: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """A mail that a person wrote to this one: a hint of what a gap was, and never more."""

    at: int
    sender: str


@dataclass(frozen=True, slots=True)
class ReceivedFound:
    """The received mails of a stretch in order of time, and what could not be read."""

    mails: tuple[ReceivedMail, ...] = ()
    problems: tuple[Message, ...] = ()


class SlowFolder(Exception):
    """A folder took longer than anybody waits for it."""


def sent_within(folders: Iterable[Path], me: Iterable[str], span: Interval) -> SentFound:
    """The mails of the person in a stretch; one that lies in two folders, or twice in one, is one."""
    own = frozenset(address.lower() for address in me)
    found: dict[object, SentMail] = {}
    problems: list[Message] = []
    for folder in folders:
        for mail in _read(folder, span, partial(_sent, own, span.seconds <= DAY), problems):
            found.setdefault(mail.head.id or (mail.head.at, mail.to, mail.head.subject), mail)
    mails = sorted(found.values(), key=lambda mail: (mail.head.at, mail.head.id))
    return SentFound(tuple(mails), tuple(problems))


def entries_of(folder: Path, since: int) -> Iterator[MailEntry]:
    """What lies in a folder and may have been sent since an instant. Raises `Unusable` where it is no mail folder."""
    from clepsydra.evidence.mail import maildir, mbox

    if maildir.is_one(folder):
        return maildir.entries(folder, since - LATE)
    return mbox.entries(folder, since - LATE)


def received_within(folders: Iterable[Path], me: Iterable[str], span: Interval) -> ReceivedFound:
    """Who wrote to the person in a stretch; heads alone are read."""
    own = frozenset(address.lower() for address in me)
    found: dict[object, ReceivedMail] = {}
    problems: list[Message] = []
    for folder in folders:
        for head in _read(folder, span, lambda _, head: head if head.sender not in own else None, problems):
            found.setdefault(head.id or (head.at, head.sender), ReceivedMail(head.at, head.sender))
    return ReceivedFound(tuple(sorted(found.values(), key=lambda mail: (mail.at, mail.sender))), tuple(problems))


def _read(
    folder: Path, span: Interval, take: Callable[[MailEntry, MailHead], T | None], problems: list[Message]
) -> list[T]:
    """What `take` makes of the mails of a folder that somebody wrote by hand in a stretch; why it cannot be read joins
    the problems."""
    found = guarded(partial(_of_folder, folder, span, take))
    if isinstance(found, Exception):
        problems.append(_problem(folder, found))
        return []
    return found


def _of_folder(folder: Path, span: Interval, take: Callable[[MailEntry, MailHead], T | None]) -> list[T]:
    until = monotonic() + PATIENCE
    taken: list[T] = []
    for entry in entries_of(folder, span.started_at):
        if monotonic() > until:
            raise SlowFolder
        head = _head(entry, span)
        made = take(entry, head) if head is not None else None
        if made is not None:
            taken.append(made)
    return taken


def _head(entry: MailEntry, span: Interval) -> MailHead | None:
    """The head of a mail, if somebody wrote it by hand in that stretch."""
    try:
        fields = fields_of(entry.head())
    except OSError:  # it went while the folder was read
        return None
    at = _instant(fields, entry)
    inside = at is not None and span.started_at <= at < span.ended_at
    return head_of(fields, at) if inside and at is not None and by_hand(fields) else None


def _sent(me: frozenset[str], counted: bool, entry: MailEntry, head: MailHead) -> SentMail | None:
    """The mail, if the person wrote it to somebody else."""
    to = to_others(head, me)
    if not to or (me and head.sender not in me):
        return None
    return SentMail(head, to, _words(entry) if counted else None)


def _instant(fields: Fields, entry: MailEntry) -> int | None:
    told = sent_at(fields)
    return entry.arrived if told is None else told


def _words(entry: MailEntry) -> int:
    """Own words; none where the body cannot be understood: that a mail was sent is known all the same."""
    from clepsydra.evidence.mail.words import own_words

    counted = guarded(lambda: own_words(entry.whole()))
    return counted if isinstance(counted, int) else 0


def _problem(folder: Path, error: Exception) -> Message:
    if isinstance(error, SlowFolder):
        return message("{file}: too much mail to be read in time", file=str(folder))
    if isinstance(error, OSError):
        return refusal(error).said_of(str(folder))
    return message("{file}: this mail folder cannot be read", file=str(folder))
