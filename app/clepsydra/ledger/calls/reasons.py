"""Why a client is suggested for a call, in words."""

from clepsydra.language.message import Message, message
from clepsydra.ledger.calls.model import Suggestion, Why

_REASONS = {
    Why.TITLE: message("by the title of its window"),
    Why.APP: message("by your rule for this program"),
    Why.RUNNING: message("its timer was running"),
}


def reason(suggested: Suggestion) -> Message:
    """What a suggestion rests on."""
    if suggested.why is Why.CALENDAR:
        return message("calendar: {title}", title=suggested.detail)
    if suggested.why is Why.LAST:
        if suggested.count > 1:
            return message("like the last {count} calls", count=suggested.count)
        return message("like the last call")
    return _REASONS[suggested.why]
