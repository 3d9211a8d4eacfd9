"""Why a call is one: its streams, what made it a call, what ended it, whether it interrupted.

Nothing of this is kept beside the evidence: it is decided again, by the constants as they are now.
"""

from clepsydra.calls.call import Call, Rank, Rule
from clepsydra.calls.constants import ConstantError, Constants
from clepsydra.calls.evidence import MILLISECONDS, ROOM, EvidenceKind, EvidenceSpan
from clepsydra.calls.spans import derive
from clepsydra.domain.records import dataclass
from clepsydra.ledger.calls.evidence import span_of
from clepsydra.ledger.calls.inbox import find
from clepsydra.ledger.calls.model import DetectedCall
from clepsydra.ledger.calls.titles import ignored
from clepsydra.ledger.ledger import Ledger
from clepsydra.settings.model import Interrupt
from clepsydra.store import calls

_AROUND = 3_600 * MILLISECONDS
"""Evidence this long before a call decides about it too; after it, so much shows how it ended."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A call with what it rests on; `rule` is empty where its evidence is no longer kept."""

    call: DetectedCall
    rule: Rule
    over: Rule
    opened_at: int | None
    """When the microphone was taken, UTC seconds."""
    streams: tuple[EvidenceSpan, ...]
    interrupted: bool
    """Whether it was such a call as puts running work aside, by the settings as they are now."""


def explain(ledger: Ledger, call_id: str) -> Explanation:
    """Decide a call again and say why. Raises `Refused` for an id that is none or several calls'."""
    call = find(ledger, call_id)
    begin, end = call.started_at * MILLISECONDS, (call.ended_at or ledger.now) * MILLISECONDS
    spans = [span_of(row) for row in calls.spans_since(ledger.db, begin - _AROUND)]
    spans = [span for span in spans if span.began <= end + _AROUND]
    derived = _again(ledger, spans, call.id)
    interrupts = ledger.settings.calls.interrupt == Interrupt.PAUSE
    return Explanation(
        call, derived.rule if derived else Rule.NONE, derived.over if derived else Rule.NONE,
        derived.opened // MILLISECONDS if derived else None, tuple(_of(call, spans)),
        interrupts and _interrupts(call) and (derived is None or derived.within is None),
    )  # fmt: skip


def _interrupts(call: DetectedCall) -> bool:
    return call.rank is Rank.CERTAIN and not call.folded and not call.listed


def _again(ledger: Ledger, spans: list[EvidenceSpan], call_id: str) -> Call | None:
    settings = ledger.settings.calls
    try:
        constants = Constants.from_mapping(settings.constants)
    except ConstantError:
        constants = Constants()
    found = derive(spans, constants, ignored(settings.ignore), until=ledger.now * MILLISECONDS)
    return next((call for call in found if call.id == call_id), None)


def _of(call: DetectedCall, spans: list[EvidenceSpan]) -> list[EvidenceSpan]:
    """The streams of a call's program that were there in it or a moment before or after."""
    begin, end = (call.started_at - 30) * MILLISECONDS, ((call.ended_at or 1 << 40) + 30) * MILLISECONDS
    kinds = (
        (EvidenceKind.VOICE, EvidenceKind.MUSIC)
        if call.program == ROOM.id
        else (EvidenceKind.CAPTURE, EvidenceKind.PLAYBACK, EvidenceKind.LINE, EvidenceKind.CUT)
    )
    mine = [span for span in spans if span.kind in kinds and (span.program is None or span.program.id == call.program)]
    return [span for span in mine if span.began <= end and (span.ended is None or span.ended >= begin)]
