"""The log as one HTML page: a table by day, no script, nothing fetched, every text escaped."""

from collections.abc import Iterable
from html import escape
from typing import BinaryIO

from clepsydra.domain.civil import wall, zone_named
from clepsydra.exchange.exits.shape import About, Exit, LogRow
from clepsydra.exchange.text import plain
from clepsydra.language import formats, words

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #1b2a30; max-width: 62rem; margin: 2.5rem auto; padding: 0 1.5rem }
h1 { font-weight: 600; font-size: 1.6rem; margin: 0 0 .2rem }
p.facts, footer { color: #5b6d75 }
table { border-collapse: collapse; width: 100%; margin: 1.4rem 0 }
th { text-align: left; font-weight: 600; color: #5b6d75; border-bottom: 2px solid #2f6f80 }
th, td { padding: .35rem .8rem .35rem 0; vertical-align: top }
td { border-bottom: 1px solid #e3e9eb }
.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.sum td { font-weight: 600; border-bottom: 2px solid #2f6f80 }
.note { white-space: pre-line }
@media print { body { margin: 0; max-width: none } }
"""


def page(title: str, lang: str, body: str) -> bytes:
    """A whole page around a body that is HTML already."""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(plain(title))}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    ).encode()


def cell(text: str, kind: str = "") -> str:
    """One cell of a table; its text is data."""
    attribute = f' class="{kind}"' if kind else ""
    return f"<td{attribute}>{escape(plain(text, newlines=True))}</td>"


def head(names: Iterable[tuple[str, str]]) -> str:
    """The heading of a table, each name with the class of its column."""
    cells = (f'<th class="{kind}">{escape(plain(name))}</th>' if kind else f"<th>{escape(plain(name))}</th>"
             for name, kind in names)  # fmt: skip
    return f"<thead><tr>{''.join(cells)}</tr></thead>\n"


def write(rows: Iterable[LogRow], stream: BinaryIO, about: About) -> int:
    """The table of the log, and what it adds up to."""
    tr = about.tr
    lines, count, seconds = [], 0, 0
    for row in rows:
        count += 1
        seconds += row.seconds
        lines.append(_row(row, about))
    names = (
        (tr.p("column", "Day"), ""), (tr.p("column", "Client"), ""), (tr.p("column", "Times"), "figure"),
        (tr.p("column", "Length"), "figure"), (tr.p("column", "State"), ""), (tr.p("column", "Note"), ""),
    )  # fmt: skip
    total = cell(tr.p("column", "Total")) + cell("") * 2 + cell(formats.timer(seconds), "figure") + cell("") * 2
    title = tr.t("Time log")
    stream.write(
        page(
            title,
            tr.lang,
            f"<h1>{escape(title)}</h1>\n<table>\n{head(names)}<tbody>\n{''.join(lines)}"
            f'<tr class="sum">{total}</tr>\n</tbody>\n</table>\n',
        )
    )
    return count


def _row(row: LogRow, about: About) -> str:
    session, tr = row.session, about.tr
    zone = zone_named(session.zone)
    begin, end = wall(session.started_at, zone), wall(session.ended_at or session.started_at, zone)
    name = f"{row.client_name} · {row.project_name}" if row.has_project else row.client_name
    cells = (
        cell(formats.date(begin.date(), tr.lang)),
        cell(name),
        cell(f"{formats.clock(begin)} – {formats.clock(end)}", "figure"),
        cell(formats.timer(row.seconds), "figure"),
        cell(row.statement or words.state(session.state, tr)),
        cell(session.note, "note"),
    )
    return f"<tr>{''.join(cells)}</tr>\n"


EXIT = Exit("html", ".html", write, "HTML")
