"""From calls and what rules say of everything that happened to the rows, the title and the facts of one screen."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from clepsydra.domain.civil import wall
from clepsydra.domain.happenings import HappeningKind
from clepsydra.domain.money import own_first
from clepsydra.domain.records import dataclass
from clepsydra.language import formats
from clepsydra.language.sources import source_names
from clepsydra.language.translator import Translator
from clepsydra.ledger.calls.model import CallState, DetectedCall
from clepsydra.ledger.evidence import rule_words, wording
from clepsydra.ledger.evidence.model import HappenedState, note_of
from clepsydra.ledger.evidence.ruling import Ruled, why_asked
from clepsydra.tui.present import calls as present_calls
from clepsydra.tui.present.calls import CallNames
from clepsydra.tui.present.happened_rows import STRANGERS, HappenedRow
from clepsydra.tui.widgets.lines import Word, WordLine
from clepsydra.tui.widgets.log_table import Cell, Column, TableRow

READY, ASKED, FOLDED, UNFOLDED, QUIET = "●", "?", "▸", "▾", "·"


# -- a row


@dataclass(frozen=True, slots=True)
class RowWords:
    """What rows are written with."""

    now: int
    zone: ZoneInfo
    today: date
    """The day that needs no name."""
    names: CallNames

    @property
    def tr(self) -> Translator:
        """The person's language."""
        return self.names.tr

    def row(self, seen: HappenedRow) -> TableRow:
        """A row of the table."""
        if seen.id == STRANGERS:
            return self._strangers(seen)
        if seen.group:
            return self._folded(seen)
        if seen.call is not None:
            return self._call(seen, seen.call)
        assert seen.found is not None
        return self._happened(seen, seen.found)

    def _call(self, seen: HappenedRow, call: DetectedCall) -> TableRow:
        drawn = present_calls.row(call, self.now, self.zone, self.today, self.names)
        found = seen.found
        if found is None or call.state is not CallState.INBOX or not found.ruling.fitting:
            return drawn
        place = self._places(found)
        cells = (*drawn.cells[:4], Cell(f"{place} · {self.why(found)}"), drawn.cells[5])
        return drawn._replace(cells=cells, mark=READY, mark_meaning="gain") if found.ready else (
            drawn._replace(cells=cells, mark=ASKED, mark_meaning="attention")
        )  # fmt: skip

    def _happened(self, seen: HappenedRow, found: Ruled) -> TableRow:
        tr, item = self.tr, found.item
        end = f"–{formats.clock(wall(item.ended, self.zone), short=True)}" if item.ended is not None else ""
        seconds = found.seconds or item.suggested_seconds
        minor, currency = (found.minor, found.currency) if found.currency else (item.minor, item.currency)
        mark, meaning = self._mark(found)
        label = tr.t("“{text}”", text=note_of(item)) if note_of(item) else ""
        words = [self._places(found) or self._party(found), label, self.why(found)]
        return TableRow(
            seen.id,
            (
                Cell(f"{'  ' if seen.inner else ''}{self._clock(item.began)}{end}", "muted"),
                Cell(formats.timer(seconds) if seconds is not None else "?"),
                Cell(wording.through(item, tr)),
                Cell(formats.money(minor, currency, tr.lang) if minor and currency else "", "billable"),
                Cell(" · ".join(filter(None, words)), "muted" if mark == QUIET else "foreground"),
                Cell(""),
            ),
            mark,
            meaning,
        )

    def _clock(self, instant: int) -> str:
        """The time, with the day where that is not the one shown."""
        at = wall(instant, self.zone)
        clock = formats.clock(at, short=True)
        return clock if at.date() == self.today else f"{formats.date(at.date(), self.tr.lang, 'day')} {clock}"

    def _mark(self, found: Ruled) -> tuple[str, str]:
        if found.ready:
            return READY, "gain"
        return (ASKED, "attention") if found.asks else (QUIET, "muted")

    def _places(self, found: Ruled) -> str:
        ruling = found.ruling
        if ruling.client:
            return self.names.place(ruling.client, found.project)
        return "/".join(self.names.place(client, project) for client, project in found.item.owner.places)

    def _party(self, found: Ruled) -> str:
        return party_shown(found)

    def why(self, found: Ruled) -> str:
        """The rule that decides or suggests, and everything that makes it a question."""
        tr = self.tr
        if not found.open:
            return wording.state(found.item.state, tr)
        rules = [rule_words.called(client, rule, tr) for client, rule in found.ruling.fitting]
        reasons = [rule_words.reason(why, tr) for why in why_asked(found)]
        doubts = [] if rules else [said.said(tr) for said in wording.doubts(found.item, found.item.asked_today)]
        return " · ".join([*rules, *(doubts or (reasons if rules else [source_names(found.item.merged.sources, tr)]))])

    def folded_words(self, group: Sequence[Ruled]) -> str:
        """“3 mails to Acme SARL: 1 inside its timer, 1 in free time, 1 inside another’s”."""
        tr, first = self.tr, group[0]
        whose = self._places(first) or "?"
        if first.item.kind is HappeningKind.MAIL:
            count = tr.n("{count} mail to {client}", "{count} mails to {client}", len(group), client=whose)
        elif first.item.kind is HappeningKind.COMMIT:
            count = tr.n("{count} commit for {client}", "{count} commits for {client}", len(group), client=whose)
        else:
            count = tr.n("{count} message to {client}", "{count} messages to {client}", len(group), client=whose)
        inside = sum(each.item.state is HappenedState.COVERED for each in group)
        other = sum(bool(each.item.placement.other_seconds) for each in group)
        free = sum(bool(each.item.placement.free_seconds) for each in group)
        parts = [
            words
            for many, words in (
                (inside, tr.t("{count} inside its timer", count=inside)),
                (free, tr.t("{count} in free time", count=free)),
                (other, tr.t("{count} inside another’s", count=other)),
            )
            if many
        ]
        return tr.t("{what}: {parts}", what=count, parts=", ".join(parts)) if parts else count

    def _folded(self, seen: HappenedRow) -> TableRow:
        tr, group = self.tr, seen.group
        first = group[0]
        seconds = sum(each.item.suggested_seconds or 0 for each in group if each.open)
        minor = sum(each.item.minor or 0 for each in group if each.open)
        begins = sorted(each.item.began for each in group)
        since, until = (formats.clock(wall(at, self.zone)) for at in (begins[0], begins[-1]))
        times = self._clock(begins[0]) + (f"–{until}" if until != since else "")
        ready = all(each.ready for each in group)
        return TableRow(
            seen.id,
            (
                Cell(times, "muted"),
                Cell(formats.timer(seconds) if seconds else "?" if not first.item.suggested_seconds else ""),
                Cell(wording.through(first.item, tr)),
                Cell(formats.money(minor, first.item.currency, tr.lang) if minor else "", "billable"),
                Cell(self.folded_words(group)),
                Cell(""),
            ),
            UNFOLDED if seen.open else FOLDED,
            "gain" if ready else "attention" if any(each.asks for each in group) else "muted",
        )

    def _strangers(self, seen: HappenedRow) -> TableRow:
        tr = self.tr
        words = tr.n("{count} of nobody’s, kept in memory only: {press[calls.split]} shows it",
                     "{count} of nobody’s, kept in memory only: {press[calls.split]} shows them",
                     len(seen.group))  # fmt: skip
        blank = Cell("")
        return TableRow(seen.id, (blank, blank, blank, blank, Cell(words, "muted"), blank), QUIET, "muted")


def party_shown(found: Ruled) -> str:
    """The other side of a stranger's, as little of it as tells one from another."""
    party = found.item.merged.party
    if found.item.kind is HappeningKind.CALL and party:
        from clepsydra.evidence.phone.phone_numbers import masked

        return ", ".join(masked(each) if each.startswith("+") else each for each in party)
    return ", ".join(party) or "?"


# -- around the rows

_ROOMY = 100
"""Cells across from which programs have their whole names."""


def columns(rows: Sequence[TableRow], width: int, tr: Translator) -> tuple[Column, ...]:
    """The columns on a screen of so many cells; the first is as wide as its times, with the day where some are of
    another, and the program has its whole name where there is room.
    """
    when = max([11, *(cell_len(row.cells[0].text) for row in rows)])
    told = max([10, *(cell_len(row.cells[2].text) for row in rows)])
    shown = (
        Column(formats.sentence(tr.t("when")), min(when, 19)),
        Column(formats.sentence(tr.t("length")), 8, align="right"),
        Column(formats.sentence(tr.t("program")), min(told, 10 if width < _ROOMY else 24)),
        Column(formats.sentence(tr.t("worth")), 10, align="right"),
        Column(formats.sentence(tr.t("whose")), 20, share=1),
        Column("", 14, drop=1),
    )
    return shown if any(row.cells[-1].text for row in rows) else shown[:-1]


def summed(rows: Sequence[HappenedRow], now: int, own: str, tr: Translator) -> str:
    """“5 to say · 1 ready for the close · 52 min · 109,24 €”."""
    found = {id(each): each for row in rows for each in (row.found, *row.group) if each and each.asks}
    mine = list(found.values())
    alone = [r.call for r in rows if r.call and (r.found is None or not r.found.open)]
    alone = [call for call in alone if call.state is CallState.INBOX]
    ready = sum(each.ready for each in mine)
    asked = len(mine) - ready + len(alone)
    parts = [tr.n("{count} to decide", "{count} to decide", asked)]
    if ready:
        parts.append(tr.n("{count} ready", "{count} ready", ready))
    seconds = sum(each.seconds or each.item.suggested_seconds or 0 for each in mine)
    seconds += sum(call.seconds(now) for call in alone)
    worths: dict[str, int] = {}
    for each in mine:
        minor, currency = (each.minor, each.currency) if each.currency else (each.item.minor, each.item.currency)
        if currency and minor:
            worths[currency] = worths.get(currency, 0) + minor
    for call in alone:
        if call.minor is not None:
            worths[call.currency] = worths.get(call.currency, 0) + call.minor
    parts.append(formats.duration(seconds, tr.lang))
    parts += [formats.money(minor, currency, tr.lang) for currency, minor in own_first(worths, own)]
    return " · ".join(parts) if asked or ready else ""


def facts(seen: HappenedRow, words: RowWords) -> list[WordLine]:
    """What is known of a row, in four lines: who tells it, whose it is, which rule, what stands against it."""
    if seen.id == STRANGERS:
        return []
    if seen.group:
        first = WordLine((Word(" " + words.folded_words(seen.group), "foreground"),))
        return [first, *(_inside(each, words) for each in seen.group)]
    return _facts(seen.found, words) if seen.found else []


def taught(lessons: Sequence[str]) -> list[WordLine]:
    """What to do where nothing is to be seen."""
    return [WordLine((Word(" " + each, "muted"),)) for each in lessons]


def _inside(found: Ruled, words: RowWords) -> WordLine:
    """One of what is folded: when, and what it was about."""
    at = formats.clock(wall(found.item.began, words.zone))
    label = found.item.merged.label
    return WordLine((Word(f" {at} ", "muted"), Word(label, "foreground"), Word(" " + words.why(found), "muted")))


def rule_words_of(found: Ruled, tr: Translator) -> str:
    """The rule that decides or suggests, as it stands in its file."""
    rule = ", ".join(rule_words.called(client, each, tr) for client, each in found.ruling.fitting)
    return f"{rule}: {found.ruling.fitting[0][1].text}" if rule else tr.t("no rule fits it")


def client_keys(keys: Sequence[tuple[str, str]], names: CallNames, room: int) -> str:
    """The keys of clients with their names, as many whole ones as `room` cells hold."""
    shown = ""
    for key, slug in keys:
        longer = f"{shown}  {key} {names.place(slug)}".lstrip()
        if cell_len(longer) > room:
            return shown + "  …"
        shown = longer
    return shown


def _facts(found: Ruled, words: RowWords) -> list[WordLine]:
    tr, item, names = words.tr, found.item, words.names
    begin = wall(item.began, words.zone)
    end = f" – {formats.clock(wall(item.ended, words.zone), True)}" if item.ended is not None else ""
    when = f" {formats.date(begin.date(), tr.lang, 'weekday')}  {formats.clock(begin, True)}{end}  "
    told = source_names(item.merged.sources, tr)
    places = "/".join(names.place(client, project) for client, project in item.owner.places)
    about = [places or party_shown(found), *(said.said(tr) for said in wording.reasons(item)[:1])]
    if item.merged.label:
        about.append(tr.t("“{text}”", text=item.merged.label))
    if item.merged.best.words is not None:
        about.append(tr.n("{count} own word", "{count} own words", item.merged.best.words))
    judged = [rule_words.reason(why, tr) for why in why_asked(found)] if found.ruling.fitting else []
    against = " · ".join(judged or [each.said(tr) for each in wording.doubts(item)]) if found.open else ""
    return [
        WordLine((Word(when, "foreground"), Word(told, "muted"))),
        WordLine((Word(" " + " · ".join(about), "foreground"),)),
        WordLine((Word(" " + rule_words_of(found, tr), "muted"),)),
        WordLine((Word(" " + (against or wording.state(item.state, tr)), "attention" if against else "muted"),)),
    ]
