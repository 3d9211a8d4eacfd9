"""Arguments and options that several commands have in common."""

from clepsydra.cli.grammar import Argument, Option
from clepsydra.domain.session import Channel
from clepsydra.language.translator import mark

CLIENT_PROJECT = Argument(
    "client",
    mark("the client and its project if any, by file name, name, key or an unmistakable beginning"),
    metavar="CLIENT[/PROJECT]",
)
ID = Argument("id", mark("the session: its id, or the start or end of it, as “log” shows"))
NOTE = Argument("note", mark("what was done; quotes are not needed"), needed=False, rest=True)

AT = Option("at", mark("when, as in 9:30, 9h30, -10m or “yesterday 17:05”; now without it"), "TIME")
CHANNEL = Option("channel", mark("how the work happened"), "CHANNEL", tuple(Channel))
OUT = Option("out", mark("outside the agreed scope, to be decided"))
UNSURE = Option("unsure", mark("perhaps outside the agreed scope"))
WORK_OPTIONS = (CHANNEL, OUT, UNSURE)

FROM = Option("from", mark("the first day, or a month, week or year"), "DAY")
TO = Option("to", mark("the last day, or a month, week or year"), "DAY")
CLIENT = Option("client", mark("only this client"), "CLIENT")
PERIOD = (FROM, TO, CLIENT)
