"""Titles of windows in the log: their marks, the key of these, and titles that are never a call."""

import os
import secrets
from collections.abc import Iterable

from clepsydra.calls.evidence import MILLISECONDS, EvidenceKind
from clepsydra.calls.titles import Marker
from clepsydra.ledger.calls.model import DetectedCall
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import calls
from clepsydra.store.database import file_of

NEVER = "title:"
"""How an entry of the ignore list begins that stands for the mark of a title and not for a program."""

_SIZE = 32


def title_marker(ledger: Ledger) -> Marker:
    """Makes the marks of titles. The key lies beside the log and leaves this machine with no copy of it: whoever has
    a log alone cannot find out which titles its marks stand for."""
    log = file_of(ledger.db)
    if log is None:
        return Marker(secrets.token_bytes(_SIZE))
    path = log.with_name(log.stem + ".titles")
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        key = b""
    if len(key) != _SIZE:
        key = secrets.token_bytes(_SIZE)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
            file.write(key)
    return Marker(key)


def mark_of(ledger: Ledger, call: DetectedCall) -> str:
    """The mark of the last title that the microphone of a call told, or else its playback; empty where none was."""
    begin, end = call.started_at * MILLISECONDS, (call.ended_at or ledger.now) * MILLISECONDS
    marked = [
        span for span in calls.spans_since(ledger.db, begin)
        if span.program == call.program and span.mark and span.began <= end
    ]  # fmt: skip
    latest = max(marked, key=lambda span: (span.kind == EvidenceKind.CAPTURE, span.began), default=None)
    return latest.mark if latest else ""


def ignored(entries: Iterable[str]) -> tuple[str, ...]:
    """The programs and marks of an ignore list, as the detector takes them."""
    return tuple(entry.removeprefix(NEVER) for entry in entries)
