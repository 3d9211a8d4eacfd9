"""From words to what they mean for a command; wrong usage is a sentence that names the nearest right one.

A word is an option only when it begins with two dashes or is `-h`: `-10m` is a time. Everything after `--` is taken as
it stands.
"""

from collections.abc import Iterable, Sequence

from clepsydra.cli.grammar import Argument, Arguments, Command, Option, Value
from clepsydra.domain.records import dataclass
from clepsydra.language.message import Message
from clepsydra.language.nearest import nearest
from clepsydra.language.translator import LANGUAGES, mark

JSON = Option("json", mark("print JSON with stable keys"))

HOME = Option("home", mark("the folder of settings, clients and log"), "DIR")
LANGUAGE = Option("language", mark("the language of what is printed"), "LANG", LANGUAGES)
HELP = Option("help", mark("show this help"))
VERSION = Option("version", mark("show the version"))
YES = Option("yes", mark("go on where there is something to think over first"))
EVERYWHERE = (HOME, LANGUAGE, YES, HELP)
"""Options that every command takes, and that may also stand before it."""


class Usage(Exception):
    """The command line cannot be understood; `message` says what is wrong and what is nearest."""

    def __init__(self, text: str, /, **values: object) -> None:
        self.message = Message(text, values)
        self.path = ""
        super().__init__(str(self.message))


def split_off(words: Sequence[str]) -> tuple[dict[str, Value], list[str]]:
    """Take the options that stand before the command off the words; returns them and what is left."""
    values: dict[str, Value] = {}
    rest = list(words)
    while rest and rest[0].startswith("-") and rest[0] != "--":
        _take_option(rest, (*EVERYWHERE, VERSION), values)
    return values, rest


def everywhere(words: Sequence[str]) -> dict[str, Value]:
    """The options for every command that stand behind it; the language of errors hangs on them, so they go first."""
    values: dict[str, Value] = {}
    for i, word in enumerate(words):
        if word == "--":
            break
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or name not in ("home", "language"):
            continue
        if not equals and i + 1 < len(words):
            value = words[i + 1]
        if name == "home" or value in LANGUAGE.choices:
            values[name] = value
    return values


@dataclass(frozen=True, slots=True)
class Parsed:
    """A command, the words that call it, and what was typed for it."""

    command: Command
    path: str
    given: Arguments


def parse(command: Command, words: Sequence[str]) -> Parsed:
    """What the words mean for a command, or for the member of its family that they name. Raises `Usage`."""
    path = command.name
    try:
        if command.commands and not _asks_help(words):
            command, words = _member(command, list(words))
            path += f" {command.name}"
        given = Arguments({"help": True}) if _asks_help(words) else Arguments(_values(command, list(words)))
        return Parsed(command, path, given)
    except Usage as wrong:
        wrong.path = path
        raise


def _asks_help(words: Sequence[str]) -> bool:
    """Whether the first word asks for help."""
    return bool(words) and words[0] in ("-h", "--help")


def _member(family: Command, words: list[str]) -> tuple[Command, list[str]]:
    """The member of a family that the first word names, and the other words; else its default one with all of them."""
    names = [member.name for member in family.commands]
    if words and not words[0].startswith("-"):
        found = family.inner(words[0])
        if found is not None:
            return found, words[1:]
        usual = family.inner(family.default)
        if usual is None or not usual.arguments:
            raise _unknown(words[0], names)
    default = family.inner(family.default)
    if default is None:
        raise Usage("say what: {choices}", choices=", ".join(names))
    return default, words


def _unknown(word: str, names: list[str]) -> Usage:
    near = nearest(word, names)
    if near:
        return Usage("“{word}” is not a command; did you mean “{near}”?", word=word, near=near)
    return Usage("“{word}” is not a command; there are: {choices}", word=word, choices=", ".join(names))


def unknown_command(word: str, names: Iterable[str]) -> Usage:
    """What to say of a command that does not exist."""
    near = nearest(word, names)
    if near:
        return Usage("“{word}” is not a command; did you mean “{near}”?", word=word, near=near)
    return Usage("“{word}” is not a command; “clepsydra --help” lists them", word=word)


def _values(command: Command, words: list[str]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    positional: list[str] = []
    while words:
        if words[0] == "--":
            positional += words[1:]
            break
        if words[0].startswith("--") or words[0] == "-h":
            _take_option(words, (*command.options, *EVERYWHERE), values)
        else:
            positional.append(words.pop(0))
    if not values.get("help"):
        _assign(command, positional, values)
    return values


def _take_option(words: list[str], options: Sequence[Option], values: dict[str, Value]) -> None:
    """Take one option, and its value where it has one, off the front of the words."""
    typed = words.pop(0)
    name, equals, value = ("help", "", "") if typed == "-h" else typed.removeprefix("--").partition("=")
    option = next((each for each in options if each.name == name), None)
    if option is None:
        near = nearest(name, [each.name for each in options])
        if near:
            raise Usage("there is no option {option}; did you mean --{near}?", option=typed, near=near)
        raise Usage("there is no option {option}", option=typed)
    if not option.metavar:
        if equals:
            raise Usage("--{option} takes no value", option=name)
        values[name] = True
        return
    if not equals:
        if not words or words[0].startswith("--"):
            raise Usage("--{option} needs a value: {value}", option=name, value=option.value)
        value = words.pop(0)
    _allow(value, option.choices, f"--{name}")
    known = values.get(name)
    values[name] = [*(known if isinstance(known, list) else []), value] if option.many else value


def _allow(value: str, choices: tuple[str, ...], name: str) -> None:
    if choices and value not in choices:
        near, listed = nearest(value, choices), ", ".join(choices)
        if near:
            raise Usage(
                "{name} cannot be “{value}”; did you mean “{near}”? It is one of: {choices}",
                name=name, value=value, near=near, choices=listed,
            )  # fmt: skip
        raise Usage("{name} cannot be “{value}”; it is one of: {choices}", name=name, value=value, choices=listed)


def _assign(command: Command, positional: list[str], values: dict[str, Value]) -> None:
    """Give each word that is no option to the argument of its position."""
    for argument in command.arguments:
        if not positional:
            if argument.needed:
                raise Usage("{argument} is missing", argument=argument.shown)
            return
        values[argument.name] = _taken(argument, positional)
    if positional:
        raise Usage("one word too many: “{word}”", word=positional[0])


def _taken(argument: Argument, positional: list[str]) -> str:
    if argument.rest:
        words, positional[:] = positional[:], []
        return " ".join(words)
    word = positional.pop(0)
    _allow(word, argument.choices, argument.name.upper())
    return word
