"""The log as a table that people and other trackers read: the columns of Toggl's detailed report."""

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from clepsydra.domain.civil import wall, zone_named
from clepsydra.exchange.exits.shape import About, Exit, LogRow
from clepsydra.exchange.text import guard

HEAD = (
    "User", "Email", "Client", "Project", "Task", "Description", "Billable", "Start date", "Start time", "End date",
    "End time", "Duration", "Tags", "Amount ()",
)  # fmt: skip


def write(rows: Iterable[LogRow], stream: BinaryIO, about: About) -> int:
    """A detailed report: wall times of the zone each session was recorded in, and its length to the second."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    count = 0
    for row in rows:
        writer.writerow(map(guard, _cells(row, about)))
        count += 1
    text.flush()
    text.detach()
    return count


def _cells(row: LogRow, about: About) -> Iterable[str]:
    session = row.session
    zone = zone_named(session.zone)
    begin, end = wall(session.started_at, zone), wall(session.ended_at or session.started_at, zone)
    return (
        about.person, about.email, row.client_name, row.project_name if row.has_project else "", "", session.note,
        "No" if session.write_off else "Yes", f"{begin:%Y-%m-%d}", f"{begin:%H:%M:%S}", f"{end:%Y-%m-%d}",
        f"{end:%H:%M:%S}", clock(row.seconds), session.channel.value if session.channel.value != "work" else "", "",
    )  # fmt: skip


def clock(seconds: int) -> str:
    """A length as `26:00:00`."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


EXIT = Exit("toggl", ".csv", write, "Toggl Track")
