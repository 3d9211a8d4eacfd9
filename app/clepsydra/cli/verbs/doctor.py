"""doctor: check what Clepsydra stands on, and say how to mend each thing."""

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import JSON
from clepsydra.language.translator import Translator, mark, mark_p
from clepsydra.ledger.health import Grade, HealthFinding, examine

_GRADES = {
    Grade.GOOD: mark_p("doctor", "good"),
    Grade.NOTE: mark_p("doctor", "note"),
    Grade.BAD: mark_p("doctor", "bad"),
}


def doctor(context: CommandContext, given: Arguments) -> int:
    """Print every finding; 1 when one keeps Clepsydra from working. Of audio or evidence, what is seen and missing."""
    if given.maybe("what") == "audio":
        from clepsydra.cli.verbs.doctor_audio import audio

        return audio(context, given)
    if given.maybe("what") == "evidence":
        from clepsydra.cli.verbs.doctor_evidence import evidence

        return evidence(context, given)
    findings = examine(context.home, context.environ, context.clock())
    if given.flag("json"):
        context.json({"checks": [_object(context, finding) for finding in findings]})
    else:
        context.print(*(line for finding in findings for line in _lines(context, finding, context.tr)))
    return 1 if any(finding.grade is Grade.BAD for finding in findings) else 0


def _lines(context: CommandContext, finding: HealthFinding, tr: Translator) -> list[str]:
    grade = tr.p(*_GRADES[finding.grade])
    lines = [f"{grade:<5} {context.said(finding.what)}"]
    if finding.mend:
        lines.append(f"      → {context.said(finding.mend)}")
    return lines


def _object(context: CommandContext, finding: HealthFinding) -> dict[str, str]:
    return {
        "check": finding.check,
        "grade": finding.grade.value,
        "what": plain(finding.what.said(context.tr)),
        "mend": plain(finding.mend.said(context.tr)) if finding.mend else "",
    }


_WHAT = Argument("what", mark("audio: only how calls are noticed; evidence: only what may be opened for evidence"),
                 needed=False, choices=("audio", "evidence"))  # fmt: skip
_WATCH = Option("watch", mark("with audio: show evidence and states as they come"))

COMMANDS = (Command("doctor", mark("check what the program stands on"), doctor, (_WHAT,), (_WATCH, JSON)),)
