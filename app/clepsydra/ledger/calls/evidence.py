"""Evidence and calls between the form the detector speaks and the rows of the log."""

import json

from clepsydra.calls.call import Call, to_seconds
from clepsydra.calls.evidence import EvidenceKind, EvidenceSpan, Facts, Family, Program, Sense
from clepsydra.store.calls import BEGIN_DOUBTFUL, END_DOUBTFUL, CallRow, SpanRow


def span_row(span: EvidenceSpan) -> SpanRow:
    """A span as the log keeps it."""
    program = span.program
    facts = span.facts
    return SpanRow(
        span.id, span.kind, program.id if program else None, program.name if program else None,
        program.family if program else None, span.began, span.ended, span.pid, int(span.already), span.stream,
        facts.role, int(facts.corked), facts.device, int(facts.virtual), facts.mark, facts.sense, int(span.lost),
        span.title,
    )  # fmt: skip


def span_of(row: SpanRow) -> EvidenceSpan:
    """The span of a row."""
    program = None
    if row.program is not None:
        program = Program(row.program, row.program_name or row.program, Family(row.family or Family.UNKNOWN))
    facts = Facts(row.role, bool(row.corked), row.device, bool(row.virtual), row.mark, Sense(row.sense))
    return EvidenceSpan(
        EvidenceKind(row.kind),
        row.began,
        row.ended,
        program,
        row.pid,
        bool(row.already),
        row.stream,
        facts,
        bool(row.lost),
        row.title,
    )


def call_row(call: Call, title: str = "", client_hint: str = "") -> CallRow:
    """A call as the log keeps it: in seconds, without its title unless that is given."""
    doubtful = (BEGIN_DOUBTFUL if call.doubtful_begin else 0) | (END_DOUBTFUL if call.doubtful_end else 0)
    began, ended = call.began_at, call.ended_at
    return CallRow(
        call.id, call.program.id, call.program.name, began, None if ended is None else max(ended, began),
        json.dumps(sorted(call.evidence)), doubtful, title, client_hint, call.rank,
        json.dumps([to_seconds(seam) for seam in call.seams]),
    )  # fmt: skip
