"""What people call clients and projects, and what the ledger says with those names in it."""

from datetime import date

from clepsydra.domain.records import replace
from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.language.message import Message
from clepsydra.language.translator import Translator
from clepsydra.ledger.ledger import Ledger


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
    if day := _day(str(values.get("day", ""))):
        values["day"] = formats.date(day, tr.lang)
    return replace(what, values=values).said(tr)


def _day(text: str) -> date | None:
    """The day of the calendar that a text is, as the log writes days."""
    try:
        return date.fromisoformat(text) if text[4:8:3] == "--" and text.replace("-", "").isdecimal() else None
    except ValueError:
        return None


def sentence(ledger: Ledger, what: Message | str, tr: Translator) -> str:
    """A message or its words as a sentence of their own; a client's name that leads it stays as it is written."""
    from clepsydra.language import formats

    text = what if isinstance(what, str) else said(ledger, what, tr)
    names = [place(ledger, slug, DEFAULT_PROJECT, tr) for slug in ledger.catalogue.clients]
    return formats.sentence(text, names)
