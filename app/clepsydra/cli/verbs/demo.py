"""demo: look around in a sample home, never in the person's own."""

from clepsydra.cli import screen
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments, Command
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import JSON
from clepsydra.language.translator import mark
from clepsydra.ledger.demo import open_demo


def demo(context: CommandContext, given: Arguments) -> int:
    """Build the sample home anew and open it, or say where it is when there is no screen to open it on."""
    home = open_demo(context.environ, context.clock(), context.tr.lang)
    if given.flag("json"):
        context.json({"home": str(home.path)})
        return 0
    if screen.is_there(context):
        return screen.open_app(context, home)
    folder = plain(str(home.path))
    context.print(context.tr.t("a sample home is in {folder}; try: clepsydra --home {folder} report", folder=folder))
    return 0


COMMANDS = (Command("demo", mark("look around in a sample year of work"), demo, (), (JSON,)),)
