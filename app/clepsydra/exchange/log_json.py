"""The log as JSON, for `export json` and `log --json`: stable keys, instants in RFC 3339 UTC."""

import json
from collections.abc import Iterable
from typing import TextIO, TypeAlias

from clepsydra.domain.civil import utc
from clepsydra.domain.session import Precision, Session

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"


def stamp(instant: int | None) -> str | None:
    """An instant in epoch seconds as RFC 3339 UTC, None for None."""
    return None if instant is None else utc(instant).strftime("%Y-%m-%dT%H:%M:%SZ")


def session_object(session: Session, now: int, statement: str | None = None) -> dict[str, Json]:
    """The object of one session; `now` (epoch seconds) is where a running one is measured to, `statement` the number of
    the one that bills it.
    """
    return {
        "id": session.id,
        "client": session.client,
        "project": session.project,
        "channel": session.channel.value,
        "started_at": stamp(session.started_at),
        "ended_at": stamp(session.ended_at),
        "zone": session.zone,
        "exact_seconds": session.exact_seconds(now),
        "scope": session.scope.value,
        "decision": session.decision.value if session.decision else None,
        "state": session.state.value,
        "agreed_seconds": session.agreed_seconds,
        "write_off": session.write_off,
        "note": session.note,
        "statement": statement,
        "precision": (session.precision or Precision.SECOND).value,
        "logged_at": stamp(session.logged_at),
        "source": session.source.value,
    }


def write(sessions: Iterable[tuple[Session, str | None]], stream: TextIO, now: int) -> int:
    """Write `{"sessions": […]}`, one session a line, without holding them all, and return how many.

    Each comes with the number of the statement that bills it.
    """
    stream.write('{"sessions": [')
    count = 0
    for session, statement in sessions:
        stream.write(",\n  " if count else "\n  ")
        # Escaped to ASCII: a note holds any character, a terminal or pipe may not, and escape codes stay inert.
        json.dump(session_object(session, now, statement), stream)
        count += 1
    stream.write("\n]}\n" if count else "]}\n")
    return count
