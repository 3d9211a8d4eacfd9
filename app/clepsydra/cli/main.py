"""The command `clepsydra`: find the verb, load what it needs and nothing else, turn refusals into one clear line."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

from clepsydra.cli import parsing, standard
from clepsydra.cli.commands import MODULES
from clepsydra.cli.context import QUICK, CommandContext, Streams, reads
from clepsydra.cli.failures import DONE, REFUSED, explain
from clepsydra.cli.grammar import Arguments, Command
from clepsydra.settings.clock import system_clock

INTERRUPTED = 130
"""What shells expect of a program that ctrl+c ended."""


def run() -> int:
    """Run the command line of this process."""
    streams = Streams(*standard.streams())
    standard.end_in_order()
    code = main(sys.argv[1:], os.environ, streams)
    standard.settle()
    return code


def main(
    words: Sequence[str], environ: Mapping[str, str], streams: Streams, clock: Callable[[], int] = system_clock
) -> int:
    """Run one command line and return its exit code."""
    context = CommandContext(environ, streams, clock)
    try:
        options, rest = _options(words)
        context = CommandContext(
            environ, streams, clock,
            home=options.maybe("home"), language=options.maybe("language"),
        )  # fmt: skip
        code = _dispatch(context, options, rest)
        streams.out.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except standard.Ended as ended:
        return ended.code
    except BrokenPipeError:  # the reader has seen enough, as with `| head`
        return DONE
    except Exception as error:
        return _failed(error, context)
    finally:
        context.close()
    return code


def _options(words: Sequence[str]) -> tuple[Arguments, list[str]]:
    """The options that hold for every command, wherever they stand, and the words without those before the verb."""
    for word in words:
        try:
            word.encode()
        except UnicodeEncodeError:
            raise parsing.Usage("an argument is not UTF-8 text") from None
    values, rest = parsing.split_off(words)
    return Arguments(parsing.everywhere(rest) | values), rest


def _dispatch(context: CommandContext, options: Arguments, words: list[str]) -> int:
    if options.flag("version"):
        from clepsydra import __version__

        context.print(f"clepsydra {__version__}")
        return DONE
    if not words or words[0] == "--":
        if options.flag("help"):
            from clepsydra.cli.help import overview, room_in

            context.print(*overview(context.tr, room_in(context.streams.out)))
            return DONE
        return _open_app(context)
    parsed = parsing.parse(command_named(words[0]), words[1:])
    command, path, given = parsed.command, parsed.path, parsed.given
    if given.flag("help") or options.flag("help") or command.run is None:
        from clepsydra.cli.help import help_of, room_in

        context.print(*help_of(command, path, context.tr, room_in(context.streams.out)))
        return DONE
    context.quick, context.reading = words[0] in QUICK, reads(path)
    context.yes = options.flag("yes") or given.flag("yes")
    code = _run(context, command, path, given)
    if "ledger" in context.__dict__ and not context.reading:
        _tell_opened_days(context)
    if context.problems:
        from clepsydra.cli.outcome import tell_problems

        tell_problems(context)
    if path != "backup":
        context.keep_safe()
    return code


def _run(context: CommandContext, command: Command, path: str, given: Arguments) -> int:
    """The command itself; what only reads is paged where the person named a pager, but for documents and bars."""
    assert command.run is not None
    if context.reading and not context.quick and path != "export" and context.streams.out.isatty():
        from clepsydra.cli import paging

        if paging.wanted(context):
            with paging.paged(context):
                return command.run(context, given)
    return command.run(context, given)


def _tell_opened_days(context: CommandContext) -> None:
    """Say that what was just done leaves time in a closed day that nothing explains."""
    from clepsydra.ledger.history import opened_since

    for day, seconds in opened_since(context.ledger, context.reached).items():
        from clepsydra.language import formats

        what = context.tr.t(
            "{day} was closed; now nothing explains {time} of it, so it is open again: “clepsydra day close {day}”",
            day=day, time=formats.duration(seconds, context.tr.lang),
        )  # fmt: skip
        context.say(context.tr.t("warning: {what}", what=what))


def command_named(name: str) -> Command:
    """The command of that name, its module loaded; raises `Usage` when there is none."""
    module = MODULES.get(name)
    if module is None:
        raise parsing.unknown_command(name, MODULES)
    commands: tuple[Command, ...] = import_module(f"clepsydra.cli.{module}").COMMANDS
    return next(command for command in commands if command.name == name)


def _open_app(context: CommandContext) -> int:
    """The full screen, or the status where there is no screen to fill."""
    from clepsydra.cli import screen

    if screen.is_there(context):
        return screen.open_app(context, context.home)
    return _dispatch(context, Arguments({}), ["status"])


def _failed(error: Exception, context: CommandContext) -> int:
    try:
        explained = explain(error, context)
    except Exception:  # the words themselves need the disk; say it in English rather than not at all
        explained = REFUSED, [str(error)]
    if explained is None:
        explained = REFUSED, [_fault(error, context)]
    standard.settle()  # what standard output refuses is not tried again when the reason is said
    code, lines = explained
    context.say(*(f"clepsydra: {line}" for line in lines))
    if context.problems:
        from clepsydra.cli.outcome import tell_problems

        tell_problems(context)
    return code


def _fault(error: Exception, context: CommandContext) -> str:
    """Keep where in the program a fault was, and say it; the person sees one line."""
    from clepsydra.cli.output import plain
    from clepsydra.ledger.crash_report import keep

    what, file = plain(f"{type(error).__name__}: {error}"), context.home.log_file
    if not keep(error, file):
        return context.tr.t("a fault of the program: {what}", what=what)
    return context.tr.t("a fault of the program: {what}; its details are in {file}", what=what, file=plain(str(file)))
