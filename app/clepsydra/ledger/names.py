"""What people call clients and projects, and what the ledger says with those names in it."""

from dataclasses import replace

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
    """A message, the client it is about by the name people know; the log knows only the file's."""
    client, _, project = str(what.values.get("client", "")).partition("/")
    if client not in ledger.catalogue.clients:
        return what.said(tr)
    name = place(ledger, client, project or DEFAULT_PROJECT, tr)
    return replace(what, values={**what.values, "client": name}).said(tr)


def sentence(ledger: Ledger, what: Message | str, tr: Translator) -> str:
    """A message or its words as a sentence of their own; a client's name that leads it stays as it is written."""
    from clepsydra.language import formats

    text = what if isinstance(what, str) else said(ledger, what, tr)
    names = [place(ledger, slug, DEFAULT_PROJECT, tr) for slug in ledger.catalogue.clients]
    return formats.sentence(text, names)
