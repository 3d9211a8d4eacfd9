"""A statement as Markdown, for mails and wikis: user text is escaped, so that it can be neither markup nor HTML."""

import re
from collections.abc import Iterable, Iterator

from clepsydra.domain.statement import Statement
from clepsydra.exchange.statement.page import StatementPage, compose
from clepsydra.exchange.statement.rows import Cells
from clepsydra.exchange.statement.shape import StatementWriter
from clepsydra.language.translator import Translator
from clepsydra.settings.model import Seller

# What means something to CommonMark or its usual extensions wherever it stands, and what only begins a line.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~&=$^])")
_LINE_START = re.compile(r"^([-+#])|^(\d+)(?=[.)])")
# Schemes and "www." turn into links by themselves in some readers; escaping the sign breaks that and shows the same.
_BARE_LINK = re.compile(r"(:)(?=//)|(?<=www)(\.)", re.IGNORECASE)


def to_markdown(statement: Statement, seller: Seller, tr: Translator, internal: bool = False) -> bytes:
    """The statement in UTF-8 Markdown with one table, in the language of `tr`."""
    document = compose(statement, seller, tr, internal)
    return ("\n".join(_lines(document, tr)) + "\n").encode()


def escape(text: str) -> str:
    """User text that reads the same after Markdown has been at it; line ends become spaces."""
    line = " ".join(text.split())
    line = _MARKUP.sub(r"\\\1", line)
    line = _BARE_LINK.sub(lambda found: "\\" + found.group(), line)
    return _LINE_START.sub(lambda found: "\\" + found[1] if found[1] else found[2] + "\\", line)


def _lines(document: StatementPage, tr: Translator) -> Iterator[str]:
    title = f"{document.title} · {document.label}" if document.label else document.title
    yield f"# {escape(title)}"
    yield ""
    for party in document.seller, document.client:
        yield from _party(party)
    for label, value in document.facts:
        yield f"- {_pair(label, f'**{escape(value)}**', tr)}"
    yield ""
    for text in (document.subject and f"**{escape(document.subject)}**", *map(escape, document.word.split("\n"))):
        if text:
            yield text
            yield ""
    yield from _table(document)
    yield ""
    *parts, last = [(label, escape(value)) for label, value in document.totals]
    for label, value in parts:
        yield f"- {_pair(label, value, tr)}"
    yield f"- **{_pair(*last, tr)}**"
    yield ""
    for note in document.notes:
        yield escape(note)
        yield ""


def _pair(label: str, value: str, tr: Translator) -> str:
    """A label and a value that is Markdown already."""
    return tr.t("{label}: {value}", label=escape(label), value=value)


def _party(lines: tuple[str, ...]) -> Iterator[str]:
    """Name and address; a backslash at the end of a line keeps the break."""
    if not lines:
        return
    name, *rest = map(escape, lines)
    yield "\\\n".join([f"**{name}**", *rest])
    yield ""


def _table(document: StatementPage) -> Iterator[str]:
    yield _row(_words(document.head, document))
    figures = 3 + bool(document.head.exact) + document.internal
    yield _row([":--", ":--", *["--:"] * figures])
    for section in document.sections:
        if section.title:
            yield _row(["", f"**{escape(section.title)}**", *[""] * figures])
        for cells in section.rows:
            yield _row(_words(cells, document))
        if section.subtotal:
            yield _row(f"*{word}*" if word else "" for word in _words(section.subtotal, document))
    yield _row(f"**{word}**" if word else "" for word in _words(document.sums, document))


def _words(cells: Cells, document: StatementPage) -> list[str]:
    text = escape(cells.text)
    if cells.detail:
        text += f" ({escape(cells.detail)})"
    exact = [escape(cells.exact)] if document.head.exact else []
    gap = [escape(cells.gap)] if document.internal else []
    rest = (escape(cells.rate), escape(cells.amount))
    return [escape(cells.day), text, *exact, escape(cells.billed), *gap, *rest]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


WRITER = StatementWriter(".md", to_markdown)
