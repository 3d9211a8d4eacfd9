"""The head of a mail: who wrote to whom and when, and whether it was written by hand. Of the body, nothing.

Only the first 16 KiB are looked at, and of these only the fields that are named here: the library's parser takes
twenty times as long for a folder of years.
"""

import re
from collections.abc import Container, Mapping
from contextlib import suppress

from clepsydra.domain.records import dataclass, field
from clepsydra.settings.foreign import guarded

LARGEST_HEAD = 16 * 1024
"""Bytes of a mail in which its head must stand; a mail whose list of addresses is longer was not written by hand."""

_WANTED = frozenset({
    b"date", b"from", b"to", b"cc", b"bcc", b"subject", b"message-id", b"references", b"in-reply-to", b"auto-submitted",
    b"list-id", b"precedence", b"return-path", b"x-autoreply",
})  # fmt: skip

_BULK = frozenset({"bulk", "list", "junk"})
_MACHINES = frozenset({"mailer-daemon", "postmaster"})

Fields = Mapping[bytes, bytes]
"""Names of fields in lower case, and what stands in them, unfolded."""


@dataclass(frozen=True, slots=True)
class MailHead:
    """A mail as its head tells it; addresses in lower case. What it is about is never stored."""

    at: int
    """When it was sent, in UTC seconds."""
    id: str
    """Its Message-ID."""
    sender: str
    recipients: tuple[str, ...]
    """To and Cc; Bcc, where the sender's copy says it, of a mail that went to nobody else."""
    subject: str = field(default="", repr=False)
    thread: str = ""
    """The Message-ID of the first mail of its thread."""


def fields_of(raw: bytes) -> Fields:
    """The fields of a head that are wanted, from the first bytes of a mail; a field told twice is joined by commas."""
    found: dict[bytes, bytes] = {}
    name = b""
    for line in _head(raw).splitlines():
        if line[:1] in (b" ", b"\t"):
            if name:
                found[name] += b" " + line.strip()
            continue
        key, colon, value = line.partition(b":")
        name = key.strip().lower() if colon else b""
        if name not in _WANTED:
            name = b""
            continue
        found[name] = found[name] + b", " + value.strip() if name in found else value.strip()
    return found


def _head(raw: bytes) -> bytes:
    """The bytes before the first empty line."""
    raw = raw[:LARGEST_HEAD]
    ends = [at for gap in (b"\n\n", b"\r\n\r\n") if (at := raw.find(gap)) >= 0]
    return raw[: min(ends)] if ends else raw


def sent_at(fields: Fields) -> int | None:
    """When a mail says it was sent, in UTC seconds; None where it does not say it."""
    from email.utils import mktime_tz, parsedate_tz

    try:
        told = parsedate_tz(_text(fields.get(b"date", b"")))
        return None if told is None or told[9] is None else int(mktime_tz(told))
    except (ValueError, OverflowError, IndexError, TypeError):
        return None


def by_hand(fields: Fields) -> bool:
    """Whether a person wrote the mail: no automatic answer, no list, no bounce, and no draft that was not sent."""
    said = {name: _text(value).strip().lower() for name, value in fields.items()}
    if said.get(b"auto-submitted", "no").split(";")[0].strip() != "no" or b"x-autoreply" in fields:
        return False
    if b"list-id" in fields or said.get(b"precedence", "") in _BULK or said.get(b"return-path") == "<>":
        return False
    sender = next(iter(_addresses(fields.get(b"from", b""))), "")
    return sender.partition("@")[0] not in _MACHINES


def head_of(fields: Fields, at: int) -> MailHead:
    """The head of a mail sent at that instant."""
    sender = next(iter(_addresses(fields.get(b"from", b""))), "")
    told = dict.fromkeys([*_addresses(fields.get(b"to", b"")), *_addresses(fields.get(b"cc", b""))])
    if not told.keys() - {sender}:
        told |= dict.fromkeys(_addresses(fields.get(b"bcc", b"")))
    own = _ids(fields.get(b"message-id", b""))
    earlier = _ids(fields.get(b"references", b"")) or _ids(fields.get(b"in-reply-to", b""))
    return MailHead(
        at=at,
        id=next(iter(own), ""),
        sender=sender,
        recipients=tuple(told),
        subject=_decoded(fields.get(b"subject", b"")),
        thread=next(iter((*earlier, *own)), ""),
    )


def to_others(head: MailHead, me: Container[str]) -> tuple[str, ...]:
    """Whom a mail went to beside the person; none where it was a note to oneself."""
    return tuple(each for each in head.recipients if each not in me and each != head.sender)


def _ids(raw: bytes) -> list[str]:
    return re.findall(r"<([^<>\s]+)>", _text(raw))


def _addresses(raw: bytes) -> list[str]:
    """The addresses of a field; none where the library cannot get through it, as through comments inside comments."""
    from email.utils import getaddresses

    found = guarded(lambda: getaddresses([_text(raw)]))
    if isinstance(found, Exception):
        return []
    return [address.lower() for _, address in found if "@" in address]


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _decoded(raw: bytes) -> str:
    """A field with its encoded words as people read it, on one line and without what cannot be shown."""
    from email.errors import MessageError
    from email.header import decode_header, make_header

    text = _text(raw)
    with suppress(ValueError, LookupError, MessageError):
        text = str(make_header(decode_header(text)))
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
