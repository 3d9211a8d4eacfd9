"""Calendar entries as suggestions whose a call was: from real files, only when a call waits."""

from datetime import UTC, datetime

import pytest

from clepsydra.ledger.calls.inbox import inbox
from clepsydra.ledger.calls.model import SuggestionCause
from clepsydra.ledger.calls.planned import plans_for_waiting
from clepsydra.ledger.calls.reasons import reason

CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//tests//EN
BEGIN:VEVENT
UID:1
SUMMARY:Point hebdo Brel
DTSTART:{begin}
DTEND:{end}
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Acme and Brel day
DTSTART;VALUE=DATE:20261123
END:VEVENT
END:VCALENDAR
"""


def planned_at(begin: int, end: int) -> str:
    """A calendar whose one entry for a client lies there; the other fills the day and names two."""
    stamps = (datetime.fromtimestamp(at, UTC).strftime("%Y%m%dT%H%M%SZ") for at in (begin, end))
    return CALENDAR.format(**dict(zip(("begin", "end"), stamps, strict=True)))


@pytest.mark.parametrize(("into", "who"), [(0, "brel"), (-500, "brel"), (-700, None), (900, None)])
def test_an_entry_of_a_calendar_file_says_whose_a_call_was(desk, watcher, tmp_path, into, who):
    """`into` is how far into an entry of a quarter of an hour the call of a minute begins; people join early."""
    begin = desk.now - into
    file = tmp_path / "work.ics"
    file.write_text(planned_at(begin, begin + 900))
    desk.set(calendars=(file,))
    watcher.call(60)
    found = plans_for_waiting(desk.ledger)
    assert found.problems == ()
    [call] = inbox(desk.ledger, found.hints)
    said = call.suggestion and (call.suggestion.client, call.suggestion.why, call.suggestion.detail)
    assert said == (who and (who, SuggestionCause.CALENDAR, "Point hebdo Brel"))
    if who:
        assert str(reason(call.suggestion)) == "calendar: Point hebdo Brel"


def test_no_calendar_is_read_while_no_call_waits(desk, watcher, tmp_path):
    desk.set(calendars=(tmp_path / "missing.ics",))
    assert plans_for_waiting(desk.ledger).problems == ()
    watcher.call(60)
    assert [str(each) for each in plans_for_waiting(desk.ledger).problems] == ["missing.ics: there is no such calendar"]
