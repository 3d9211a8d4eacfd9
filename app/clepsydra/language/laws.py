"""The laws by their numbers, with the names that `verify` and messages call them by; docs/design.md says them whole."""

from clepsydra.language.translator import Translator, mark

NAMES = {
    1: mark("the record is exact"),
    2: mark("every second is owned once"),
    3: mark("a line is its time times its rate"),
    4: mark("losses and gains add up to the cent"),
    5: mark("history does not move"),
    6: mark("billed once"),
    7: mark("nothing is lost"),
    8: mark("no sound leaves memory"),
    9: mark("one second, one leak"),
    10: mark("the screen never promises what the disk has not got"),
    11: mark("reading never writes"),
    12: mark("numbers have no holes, and dates do not go back"),
    13: mark("an issued document is its bytes"),
    14: mark("value is claimed once"),
    15: mark("a document adds up"),
    16: mark("money received is whole"),
    17: mark("nobody is chased for what is paid"),
}


def law_name(law: int, tr: Translator) -> str:
    """What the law of that number is called in the person's language."""
    return tr.t(NAMES[law])
