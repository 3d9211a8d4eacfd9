"""What people call clients and projects, and what the ledger says with those names in it."""

import re
from datetime import date

from clepsydra.domain.records import replace
from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.language.message import Message
from clepsydra.language.translator import Translator
from clepsydra.ledger.ledger import Ledger

_ISO_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


def place(ledger: Ledger, client: str, project: str, tr: Translator) -> str:
    """A client and its project as people call them."""
    found = ledger.catalogue.clients.get(client)
    name = client if found is None else found.name or (tr.t("Own work") if found.own else client)
    if project == DEFAULT_PROJECT:
        return name
    named = found.project(project) if found else None
    return f"{name} · {(named.name if named else '') or project}"


def said(ledger: Ledger, what: Message, tr: Translator) -> str:
    """A message, with client and day as people call them; the log knows the file's name and the day of the calendar."""
    from clepsydra.language import formats

    values = dict(what.values)
    client, _, project = str(values.get("client", "")).partition("/")
    if client in ledger.catalogue.clients:
        values["client"] = place(ledger, client, project or DEFAULT_PROJECT, tr)
    if re.fullmatch(_ISO_DAY, str(values.get("day", ""))):
        values["day"] = formats.date(date.fromisoformat(values["day"]), tr.lang)
    return replace(what, values=values).said(tr)


def sentence(ledger: Ledger, what: Message | str, tr: Translator) -> str:
    """A message or its words as a sentence of their own; a client's name that leads it stays as it is written."""
    from clepsydra.language import formats

    text = what if isinstance(what, str) else said(ledger, what, tr)
    names = [place(ledger, slug, DEFAULT_PROJECT, tr) for slug in ledger.catalogue.clients]
    return formats.sentence(text, names)
