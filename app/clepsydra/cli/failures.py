"""From what can go wrong to one clear line and an exit code: 1 refused or not found, 2 wrong usage."""

import os

from clepsydra.cli.output import plain
from clepsydra.cli.parsing import Usage
from clepsydra.cli.standard import OutputRefused
from clepsydra.domain.annotations import TYPE_CHECKING

if TYPE_CHECKING:
    from clepsydra.cli.context import CommandContext

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


def explain(error: Exception, context: "CommandContext") -> tuple[int, list[str]] | None:
    """The exit code and the lines for an exception that has an explanation; None for a fault of the program."""
    if isinstance(error, Usage):
        return WRONG_USAGE, [_usage(error, context)]
    if isinstance(error, OutputRefused):
        return REFUSED, [_output(error, context)]
    from clepsydra.language.typed.errors import EndsBefore, NotUnderstood, Unreadable

    if isinstance(error, NotUnderstood):
        unclear = isinstance(error, Unreadable) or (isinstance(error, EndsBefore) and error.bare)
        code = WRONG_USAGE if unclear else REFUSED
        return code, [plain(error.text(context.tr))]
    from clepsydra.ledger.ledger import Refused

    if isinstance(error, Refused):
        return REFUSED, [context.said(error.message)]
    from clepsydra.settings.edit import EditRefused as NotWritten

    if isinstance(error, NotWritten):
        return REFUSED, [plain(problem.text(context.tr)) for problem in error.problems]
    from clepsydra.ledger.failures import explained

    message = explained(error)
    if message is None:
        return None
    said = context.said(message)
    if type(error).__module__ == "sqlite3":  # the database names no file by itself
        said = context.tr.t("{file}: {why}", file=plain(str(context.home.database)), why=said)
    return REFUSED, [said]


def _output(error: OutputRefused, context: "CommandContext") -> str:
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return context.tr.t("standard output: the disk is full, not all of the answer could be written")
    if error.errno == errno.EBADF:
        return context.tr.t("standard output is closed: the answer could not be written")
    return context.tr.t("standard output failed: {reason}", reason=os.strerror(error.errno or 0))


def _usage(error: Usage, context: "CommandContext") -> str:
    """What is wrong, then how to see what is right."""
    sentence = context.said(error.message)
    if not error.path:
        return sentence
    return context.tr.t(
        "{sentence} (“{command} --help” shows how)", sentence=sentence, command=f"clepsydra {error.path}"
    )
