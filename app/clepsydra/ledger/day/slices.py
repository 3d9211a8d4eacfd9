"""A stretch cut into slices as people type them: “acme 20m, break 10m, brel”; the last one takes what is left."""

from clepsydra.domain.interval import Interval
from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.language.typed import NotUnderstood, parse_duration
from clepsydra.ledger.absences import AbsenceReason
from clepsydra.ledger.day.answers import DayAnswer, DayPart, Verb
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.timers import Work


def sliced(ledger: Ledger, span: Interval, typed: str, words: dict[str, str]) -> DayAnswer:
    """The answer that a typed line stands for; `words` are the person's own words for the reasons of absence.

    A slice is a client, CLIENT/PROJECT or a reason, and then its length; one without a length takes the rest, and
    time after the last slice stays open. Raises `Refused` for what does not fit, `NotUnderstood` for a bad length.
    """
    parts = []
    begin = span.started_at
    slices = [text.strip() for text in typed.split(",") if text.strip()]
    if not slices:
        raise Refused("say what it was, as in: acme 20m, break 10m, brel")
    for number, text in enumerate(slices):
        name, seconds = _read(text)
        if seconds is None and number + 1 < len(slices):
            raise Refused("“{text}” needs a length; only the last slice takes the rest", text=text)
        end = span.ended_at if seconds is None else begin + seconds
        if end > span.ended_at or end <= begin:
            raise Refused("“{text}” does not fit into what is left", text=text)
        parts.append(_part(ledger, Interval(begin, end), name, words))
        begin = end
    return DayAnswer(Verb.FILL, tuple(parts))


def _read(text: str) -> tuple[str, int | None]:
    """A slice's name and length; a name may have blanks in it, so the longest length at the end is taken."""
    pieces = text.split()
    for at in range(1, len(pieces)):
        try:
            return " ".join(pieces[:at]), parse_duration(" ".join(pieces[at:]))
        except NotUnderstood:
            continue
    return text, None


def _part(ledger: Ledger, span: Interval, name: str, words: dict[str, str]) -> DayPart:
    folded = name.casefold()
    reasons = {reason.value: reason.value for reason in AbsenceReason}
    reasons |= {word.casefold(): reason for reason, word in words.items()}
    if folded in reasons:
        return DayPart(span, reason=reasons[folded])
    slug, _, project = folded.partition("/")
    found = [
        client.slug
        for client in ledger.catalogue.clients.values()
        if slug in (client.slug.casefold(), client.name.casefold())
    ] or [c.slug for c in ledger.catalogue.clients.values() if (c.name or c.slug).casefold().startswith(slug)]
    if len(found) != 1:
        raise Refused("“{name}” is neither one client nor a reason to be away", name=name)
    ledger.client_with(found[0], project or DEFAULT_PROJECT)
    return DayPart(span, Work(found[0], project or DEFAULT_PROJECT))
