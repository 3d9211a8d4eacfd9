"""The mails that the person sent in a stretch of time, out of the folders that they named.

Heads are read first, newest folder entries alone; a body is opened only of a mail that counts and lies in the stretch,
in memory, to count its words (P2). Files are read and never changed: nothing is moved, marked or locked (P6).
"""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Final, Protocol

from clepsydra.domain.interval import Interval
from clepsydra.domain.records import dataclass
from clepsydra.evidence.mail.heads import Fields, MailHead, by_hand, fields_of, head_of, sent_at, to_others
from clepsydra.language.message import Message, message
from clepsydra.settings.foreign import guarded, refusal

LATE: Final = 86_400
"""A file comes after its mail was written, by a clock that may go wrong by this many seconds."""

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
    words: int
    """Words of their own: a hint of how long it took, never its length."""


@dataclass(frozen=True, slots=True)
class SentFound:
    """The mails of a stretch in order of time, and what could not be read."""

    mails: tuple[SentMail, ...] = ()
    problems: tuple[Message, ...] = ()


class SlowFolder(Exception):
    """A folder took longer than anybody waits for it."""


def sent_within(folders: Iterable[Path], me: Iterable[str], span: Interval) -> SentFound:
    """The mails of the person in a stretch; one that lies in two folders, or twice in one, is one."""
    own = frozenset(address.lower() for address in me)
    found: dict[object, SentMail] = {}
    problems: list[Message] = []
    for folder in folders:
        read = guarded(partial(_of_folder, folder, own, span))
        if isinstance(read, Exception):
            problems.append(_problem(folder, read))
            continue
        for mail in read:
            found.setdefault(mail.head.id or (mail.head.at, mail.to, mail.head.subject), mail)
    mails = sorted(found.values(), key=lambda mail: (mail.head.at, mail.head.id))
    return SentFound(tuple(mails), tuple(problems))


def entries_of(folder: Path, since: int) -> Iterator[MailEntry]:
    """What lies in a folder and may have been sent since an instant. Raises `Unusable` where it is no mail folder."""
    from clepsydra.evidence.mail import maildir, mbox

    if maildir.is_one(folder):
        return maildir.entries(folder, since - LATE)
    return mbox.entries(folder, since - LATE)


def _of_folder(folder: Path, me: frozenset[str], span: Interval) -> list[SentMail]:
    until = monotonic() + PATIENCE
    mails: list[SentMail] = []
    for entry in entries_of(folder, span.started_at):
        if monotonic() > until:
            raise SlowFolder
        mail = _sent(entry, me, span)
        if mail is not None:
            mails.append(mail)
    return mails


def _sent(entry: MailEntry, me: frozenset[str], span: Interval) -> SentMail | None:
    """The mail, if the person wrote it by hand to somebody else in that stretch."""
    try:
        fields = fields_of(entry.head())
    except OSError:  # it went while the folder was read
        return None
    at = _instant(fields, entry)
    if at is None or not span.started_at <= at < span.ended_at or not by_hand(fields):
        return None
    head = head_of(fields, at)
    to = to_others(head, me)
    if not to or (me and head.sender not in me):
        return None
    return SentMail(head, to, _words(entry))


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
