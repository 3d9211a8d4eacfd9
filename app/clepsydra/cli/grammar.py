"""What a command line may say: commands, their arguments and their options, as plain data.

From the same data come the parser, the help in the person's language and the shell completions. It is not argparse's,
because that words its errors through one global translation, takes `-10m` for an option and costs a third of the time
that starting a timer takes.
"""

from collections.abc import Callable, Mapping

from clepsydra.domain.annotations import TYPE_CHECKING
from clepsydra.domain.records import dataclass

if TYPE_CHECKING:
    from clepsydra.cli.context import CommandContext

FEW = 3
"""Up to so many words to choose from stand in usage lines; more are listed in the help."""

Value = str | bool | list[str]


@dataclass(frozen=True, slots=True)
class Argument:
    """A word that is told by its position; `rest` takes all that follow, joined by blanks."""

    name: str
    help: str = ""
    needed: bool = True
    choices: tuple[str, ...] = ()
    rest: bool = False
    metavar: str = ""

    @property
    def shown(self) -> str:
        """How usage lines write it."""
        name = "|".join(self.choices) or self.metavar or self.name.upper()
        return name if self.needed else f"[{name}]"


@dataclass(frozen=True, slots=True)
class Option:
    """`--name`, or `--name VALUE` where there is a `metavar`; `many` may be given more than once."""

    name: str
    help: str
    metavar: str = ""
    choices: tuple[str, ...] = ()
    many: bool = False

    @property
    def shown(self) -> str:
        """How usage lines write it."""
        return f"--{self.name} {self.value}" if self.metavar else f"--{self.name}"

    @property
    def value(self) -> str:
        """How they write its value."""
        return self.metavar if len(self.choices) > FEW else "|".join(self.choices) or self.metavar


class Arguments:
    """What was typed for one command, by name."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = values

    def maybe(self, name: str) -> str | None:
        """The word given for an argument or an option; None without one."""
        value = self._values.get(name)
        return value if isinstance(value, str) else None

    def word(self, name: str) -> str:
        """The word given for an argument that is needed, or an empty text."""
        return self.maybe(name) or ""

    def words(self, name: str) -> list[str]:
        """Every word given for an option that may be given more than once."""
        value = self._values.get(name, [])
        return value if isinstance(value, list) else []

    def flag(self, name: str) -> bool:
        """Whether an option without a value was given."""
        return self._values.get(name) is True


@dataclass(frozen=True, slots=True)
class Command:
    """One command, or a family of them: then `default` is the one meant where none is named.

    `usages` replaces the usage line where a command has several forms. `run` returns the exit code.
    """

    name: str
    summary: str
    run: "Callable[[CommandContext, Arguments], int] | None" = None
    arguments: tuple[Argument, ...] = ()
    options: tuple[Option, ...] = ()
    commands: "tuple[Command, ...]" = ()
    default: str = ""
    usages: tuple[str, ...] = ()
    notes: str = ""

    def inner(self, name: str) -> "Command | None":
        """The command of that name in a family."""
        return next((command for command in self.commands if command.name == name), None)
