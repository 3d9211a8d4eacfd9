"""calls show: why a call is one, for people and for scripts; `doctor audio` says the same of the day's calls."""

from collections.abc import Iterator
from typing import Any

from clepsydra.calls.evidence import MILLISECONDS, EvidenceKind, EvidenceSpan
from clepsydra.cli.context import CommandContext
from clepsydra.cli.outcome import clock_of
from clepsydra.cli.output import plain
from clepsydra.language.sources import source_names
from clepsydra.language.translator import mark_p
from clepsydra.ledger.calls import wording
from clepsydra.ledger.calls.explaining import Explanation

_KINDS = {
    EvidenceKind.CAPTURE: mark_p("stream", "microphone"),
    EvidenceKind.PLAYBACK: mark_p("stream", "playback"),
    EvidenceKind.VOICE: mark_p("stream", "speech"),
    EvidenceKind.MUSIC: mark_p("stream", "music"),
    EvidenceKind.LINE: mark_p("stream", "telephone line"),
    EvidenceKind.CUT: mark_p("stream", "you ended its session"),
}


def lines(context: CommandContext, found: Explanation) -> Iterator[str]:
    """The rule, the end, whether it interrupted, the streams."""
    tr = context.tr
    rule, over = wording.rule(found.rule), wording.rule(found.over)
    named = source_names(found.call.evidence, tr)
    if named:
        yield "  " + tr.t("told by: {sources}", sources=named)
    if found.call.listed:
        return
    if rule is None:
        yield "  " + tr.t("its evidence is no longer kept, or makes no call by the constants as they are now")
    else:
        yield "  " + tr.t("a call because: {rule}", rule=context.said(rule))
    if over is not None:
        yield "  " + tr.t("ended because: {rule}", rule=context.said(over))
    yield "  " + (tr.t("it interrupts what runs") if found.interrupted else tr.t("it interrupts nothing"))
    for span in found.streams:
        yield "    " + _stream(context, span)


def _stream(context: CommandContext, span: EvidenceSpan) -> str:
    tr, facts = context.tr, span.facts
    begin = clock_of(context, span.began // MILLISECONDS, seconds=True)
    end = "…" if span.ended is None else clock_of(context, span.ended // MILLISECONDS, seconds=True)
    words = [f"{begin} – {end}", tr.p(*_KINDS[span.kind])]
    words += [plain(facts.device)] if facts.device else []
    words += [facts.role] if facts.role else []
    words += [tr.t("paused")] if facts.corked else []
    words += [tr.t("a virtual device")] if facts.virtual else []
    words += [tr.t("it was there before")] if span.already else []
    words += [plain(span.title)] if span.title else []
    return "  ".join(words)


def told(found: Explanation) -> dict[str, Any]:
    """The same for scripts."""
    from clepsydra.exchange.log_json import stamp

    return {
        "rule": found.rule.value or None,
        "ended_by": found.over.value or None,
        "opened_at": stamp(found.opened_at) if found.opened_at is not None else None,
        "interrupts": found.interrupted,
        "streams": [_object(span, stamp) for span in found.streams],
    }


def _object(span: EvidenceSpan, stamp: Any) -> dict[str, Any]:
    facts = span.facts
    return {
        "kind": span.kind.value, "stream": span.stream or None, "pid": span.pid,
        "started_at": stamp(span.began // MILLISECONDS),
        "ended_at": None if span.ended is None else stamp(span.ended // MILLISECONDS),
        "role": facts.role or None, "device": facts.device or None, "virtual": facts.virtual, "corked": facts.corked,
        "title_mark": facts.mark or None, "title_kind": facts.sense.value or None, "title": span.title or None,
        "already": span.already, "device_lost": span.lost,
    }  # fmt: skip
