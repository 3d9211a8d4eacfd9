"""The list of calls that a paired telephone gives when it is asked: it names calls that the log or another list tells.

It knows no length, so it brings no call by itself. Nothing of it is kept but what an imported list leaves: the client's
slug at a call, and a mark.
"""

from clepsydra.evidence.lists import ListFile
from clepsydra.evidence.live.call_list import NotFetched, fetched
from clepsydra.ledger.evidence.importing import CallsImported, import_calls
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.settings.model import Settings


def ask(settings: Settings) -> ListFile:
    """Ask the telephone of the settings; needs no ledger, so that a thread may wait for its owner's yes.

    Raises `Refused` where none is named, or its list was not had.
    """
    address = settings.phone.bluetooth
    if not address:
        raise Refused("no telephone is named: say its address in the settings, {line}",
                      line='[phone] bluetooth = "AA:BB:CC:DD:EE:FF"')  # fmt: skip
    try:
        return ListFile("bluetooth.vcf", fetched(address), settings)
    except NotFetched as error:
        raise Refused(error.why.text, **error.why.values) from error


def take_in(ledger: Ledger, file: ListFile) -> CallsImported:
    """Let it name what is known, as one change; of an empty list nothing comes."""
    return import_calls(ledger, file) if file.data.strip() else CallsImported("bluetooth")
