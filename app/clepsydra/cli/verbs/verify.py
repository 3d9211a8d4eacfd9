"""verify: prove the laws on the log, and name what breaks them."""

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments, Command
from clepsydra.cli.outcome import tell_problems
from clepsydra.cli.parsing import JSON
from clepsydra.language.laws import law_name
from clepsydra.language.translator import mark
from clepsydra.ledger.billing import statements
from clepsydra.ledger.listing import listing
from clepsydra.ledger.verify import Breach
from clepsydra.ledger.verify import verify as breaches_of


def verify(context: CommandContext, given: Arguments) -> int:
    """Print every breach of a law, or that there is none."""
    breaches = breaches_of(context.ledger)
    count = listing(context.ledger).count()
    if given.flag("json"):
        context.json(
            {
                "ok": not breaches,
                "breaches": [
                    {"law": b.law, "name": law_name(b.law, context.tr), "what": context.said(b.what)} for b in breaches
                ],
                "sessions": count,
                "statements": statements.count(context.ledger),
            }
        )
    elif breaches:
        context.print(*(_sentence(context, each) for each in breaches))
    else:
        context.print(context.tr.n("{count} session, every law holds", "{count} sessions, every law holds", count))
    tell_problems(context)
    return 1 if breaches else 0


def _sentence(context: CommandContext, breach: Breach) -> str:
    name = law_name(breach.law, context.tr)
    return context.tr.t("law {law}, {name}: {what}", law=breach.law, name=name, what=context.said(breach.what))


COMMANDS = (Command("verify", mark("prove the laws on the log"), verify, (), (JSON,)),)
