"""What is said of rules: why something is asked though a rule fits, and how a rule takes."""

from clepsydra.domain.civil import wall
from clepsydra.domain.evidence_rules import EvidenceRule, Puzzle, Take
from clepsydra.domain.never_automatic import Barrier
from clepsydra.language import formats
from clepsydra.language.translator import Translator, mark_p
from clepsydra.ledger.evidence import wording
from clepsydra.ledger.evidence.model import Happened
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.names import place

_REASONS: dict[Puzzle | Barrier, tuple[str, str]] = {
    Puzzle.NO_RULE: mark_p("why asked", "no rule fits"),
    Puzzle.ASKED: mark_p("why asked", "its rule asks"),
    Puzzle.TWO_CLIENTS: mark_p("why asked", "two clients’"),
    Puzzle.OUT_OF_HOURS: mark_p("why asked", "outside the hours of its rule"),
    Barrier.BILLS_OUT: mark_p("why asked", "billing beyond the scope is a person’s word"),
    Barrier.NO_LENGTH: mark_p("why asked", "nobody knows how long"),
    Barrier.TO_THE_MINUTE: mark_p("why asked", "to the minute only"),
    Barrier.GUESSED: mark_p("why asked", "whose it is is only guessed"),
    Barrier.DOUBTFUL: mark_p("why asked", "its start or end was not seen"),
    Barrier.OTHER_CLIENT: mark_p("why asked", "another client’s work holds its time"),
    Barrier.TYPED: mark_p("why asked", "what was typed in holds its time"),
    Barrier.AGREED: mark_p("why asked", "an agreed time holds its time"),
    Barrier.WRITTEN_OFF: mark_p("why asked", "what was written off holds its time"),
    Barrier.BILLED: mark_p("why asked", "what is billed holds its time"),
    Barrier.CLOSED_DAY: mark_p("why asked", "its day is closed"),
    Barrier.NO_ROOM: mark_p("why asked", "no free time before it"),
    Barrier.LATE: mark_p("why asked", "too long ago"),
    Barrier.RECEIVED: mark_p("why asked", "mail that came in"),
    Barrier.REFUSED: mark_p("why asked", "refused before"),
    Barrier.TOO_MUCH: mark_p("why asked", "more than 2 h of that client and day"),
    Barrier.NOT_TRIED: mark_p("why asked", "its dry run was not seen yet"),
}

_TAKES = {
    Take.ASK: mark_p("rule", "asks"),
    Take.CLOSE: mark_p("rule", "at the day’s close"),
    Take.NOW: mark_p("rule", "at once"),
}


def reason(why: Puzzle | Barrier, tr: Translator) -> str:
    """Why something is asked."""
    return tr.p(*_REASONS[why])


def take(how: Take, tr: Translator) -> str:
    """How a rule takes."""
    return tr.p(*_TAKES[how])


def called(client: str, rule: EvidenceRule, tr: Translator) -> str:
    """A rule by its place: “rule 2 of acme”."""
    return tr.t("rule {number} of {client}", number=rule.number, client=client)


def in_short(ledger: Ledger, item: Happened, tr: Translator) -> str:
    """What happened, in few words: “12:41 phone, Acme SARL”."""
    at = formats.clock(wall(item.began, ledger.zone))
    names = "/".join(place(ledger, client, project, tr) for client, project in item.owner.places)
    return ", ".join(filter(None, (f"{at} {wording.through(item, tr)}", names)))
