"""Why a client is suggested for a call, in words."""

from clepsydra.language.message import Message, message
from clepsydra.ledger.calls.model import CallSuggestion, SuggestionCause

_REASONS = {
    SuggestionCause.CONTACT: message("by the contacts of its file"),
    SuggestionCause.TITLE: message("by the title of its window"),
    SuggestionCause.APP: message("by your rule for this program"),
    SuggestionCause.RUNNING: message("its timer was running"),
}


def reason(suggested: CallSuggestion) -> Message:
    """What a suggestion rests on."""
    if suggested.why is SuggestionCause.CALENDAR:
        return message("calendar: {title}", title=suggested.detail)
    if suggested.why is SuggestionCause.LAST:
        if suggested.count > 1:
            return message("like the last {count} calls", count=suggested.count)
        return message("like the last call")
    return _REASONS[suggested.why]
