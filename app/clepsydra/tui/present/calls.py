"""From detected calls to what widgets show: the banner, the inbox, the state of the watcher. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from clepsydra.calls.call import Rank
from clepsydra.calls.evidence import PHONE, ROOM
from clepsydra.domain.civil import wall
from clepsydra.domain.money import own_first
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import DEFAULT_PROJECT, Session
from clepsydra.domain.terms import Client
from clepsydra.language import formats
from clepsydra.language.sources import source_names
from clepsydra.language.translator import Translator, mark_p
from clepsydra.ledger.calls import wording
from clepsydra.ledger.calls.explaining import Explanation
from clepsydra.ledger.calls.inbox import CallsWaiting
from clepsydra.ledger.calls.model import CallState, DetectedCall
from clepsydra.ledger.calls.reasons import reason
from clepsydra.ledger.calls.watching import Told
from clepsydra.tui.present.main import client_name
from clepsydra.tui.widgets.big_time import TimeView
from clepsydra.tui.widgets.drawing import fit
from clepsydra.tui.widgets.lines import Word, WordLine
from clepsydra.tui.widgets.log_table import Cell, TableRow

LIVE_MARK, MARK = "●", "▓"
_NOTE_CELLS = 16


@dataclass(frozen=True, slots=True)
class CallNames:
    """What names the clients of calls: the catalogue, and the language they are told in."""

    clients: Mapping[str, Client]
    tr: Translator

    def place(self, slug: str, project: str = DEFAULT_PROJECT) -> str:
        """A client, and the project if it is not the default one."""
        client = self.clients.get(slug)
        name = client_name(client, self.tr) if client else slug
        if project == DEFAULT_PROJECT:
            return name
        found = client.project(project) if client else None
        return f"{name} · {(found.name if found else '') or project}"


@dataclass(frozen=True, slots=True)
class BannerView:
    """What the banner says: its title and its lines."""

    title: str
    lines: tuple[WordLine, ...]


def status_words(told: Told, tr: Translator) -> list[Word]:
    """The right end of the title line: whether calls are noticed; an open microphone cannot be missed."""
    if told.problem is not None:
        return [Word(tr.t("[calls.constants] {name}: not usable", name=told.problem.name), "attention")]
    words = [said.said(tr) for said in wording.status(told)]
    if told.status.microphone_open and told.holder is None:
        return [Word(words[-1] + "  ", "muted"), Word(f" {LIVE_MARK} {words[0]} ", "attention", bold=True)]
    meaning = "attention" if told.status.unknown and told.holder is None else "muted"
    return [Word(" · ".join(words), meaning)]


def banner(
    call: DetectedCall, now: int, note: str, keys: Mapping[str, str], names: CallNames, room: tuple[int, int]
) -> BannerView:
    """A call under way or just ended: how long, through what, whose it may be and why, and the keys that say so.

    `note` is what the suggested client's work was about last; `keys` are the keys of the actions by their ids; `room`
    is how many cells a line has and how many lines there are: the keys are shown first of all.
    """
    tr = names.tr
    length, where = formats.timer(call.seconds(now)), program(call, tr)
    if call.program == PHONE.id and call.title:
        where = f"{where} · {call.title}"
    if call.rank is Rank.LISTENING:
        title = tr.t("{mark} Listening {length} · {program}", mark=LIVE_MARK, length=length, program=where)
    elif call.rank is Rank.DOUBT:
        title = tr.t("{mark} Perhaps a call {length} · {program}", mark=LIVE_MARK, length=length, program=where)
    elif call.ended_at is None:
        title = tr.t("{mark} Call {length} · {program}", mark=LIVE_MARK, length=length, program=where)
    else:
        title = tr.t("{mark} Call over, {length} · {program}", mark=MARK, length=length, program=where)
    never = "" if call.program in (ROOM.id, PHONE.id) else keys.get("call.never", "")
    answers = [("⏎", tr.t("yes"))] if call.suggestion else []
    answers += [
        (keys.get("call.hand", ""), tr.t("whose")), (keys.get("call.dismiss", ""), tr.t("no call")),
        (never, tr.t("never")), ("esc", tr.t("later")),
    ]  # fmt: skip
    width, height = room
    answering = _keys(answers, width)
    both = height >= 2 + len(answering)
    return BannerView(title, (*_asking(call, note, names, width if both else 0)[: 2 if both else 1], *answering))


def _asking(call: DetectedCall, note: str, names: CallNames, width: int) -> tuple[WordLine, WordLine]:
    """Whose a call may be, with the reason, and what it is worth; a reason that does not fit has the second line, if
    there is one: a `width` of 0 says there is not."""
    tr, suggested = names.tr, call.suggestion
    doubt = [Word(" " + tr.t("end in doubt") + " ", "attention")] if call.doubtful_end else []
    if suggested is None:
        first = [Word(" " + tr.t("Whose call is it?"), "foreground", bold=True)]
        return WordLine(tuple(first)), WordLine((*doubt, Word(" " + tr.t("a client’s key says so"), "muted")))
    asked = " " + tr.t("{client}?", client=names.place(suggested.client, suggested.project))
    why = "  " + reason(suggested).said(tr)
    worth = "  " + formats.money(call.minor, call.currency, tr.lang) if call.minor is not None else ""
    last = "  " + tr.t("last: {note}", note=note) if note and not doubt else ""
    whose = Word(asked, "foreground", bold=True)
    if not width or len(asked + why) <= width:
        return WordLine((whose, Word(why, "muted"))), WordLine(
            (*doubt, Word(worth[1:], "billable"), Word(last, "muted"))
        )
    return WordLine((whose, Word(worth, "billable"))), WordLine((*doubt, Word(why[1:], "muted")))


def _keys(answers: Sequence[tuple[str, str]], width: int) -> list[WordLine]:
    """Keys with what they mean, in as many lines as they need."""
    lines: list[list[Word]] = [[]]
    room = width
    for key, text in answers:
        cells = len(key) + len(text) + 3
        if key and cells > room and lines[-1]:
            lines.append([])
            room = width
        if key:
            lines[-1] += [Word(f" {key}", "key", bold=True), Word(f" {text} ", "foreground")]
            room -= cells
    return [WordLine(tuple(words)) for words in lines]


def call_time(call: DetectedCall, now: int, put_aside: Session | None, names: CallNames) -> TimeView:
    """The large clock while a call that nobody has answered for stands over the work it put aside, if any."""
    lines: tuple[tuple[str, str], ...] = ()
    if put_aside is not None:
        after = names.tr.t("then {client}", client=names.place(put_aside.client, put_aside.project))
        # The digits would give way to a long note.
        lines = ((after, "muted"), (fit(put_aside.note, min(_NOTE_CELLS, cell_len(put_aside.note))), "muted"))
    return TimeView(formats.timer(call.seconds(now)), lines, "call-live", program(call, names.tr))


def waiting_line(waiting: CallsWaiting, key: str, own: str, tr: Translator) -> WordLine:
    """The calls that nobody has decided about, in a line: how many, how long, what they are worth."""
    count = tr.n("{count} to assign", "{count} to assign", waiting.count)
    words = [Word(" " + tr.t("Calls") + "  ", "muted"), Word(count, "attention", bold=True)]
    words.append(Word("  " + formats.duration(waiting.seconds, tr.lang), "foreground"))
    amounts = [formats.money(minor, currency, tr.lang) for currency, minor in own_first(waiting.minor, own)]
    words.append(Word("  " + "  ".join(amounts), "billable"))
    if waiting.unpriced:
        unknown = tr.n("{count} without a client", "{count} without a client", waiting.unpriced)
        words.append(Word(f"  {unknown}", "muted"))
    return WordLine(tuple(words), (Word(f"{key} ", "key"), Word(tr.t("decides") + "  ", "muted")))


# -- the inbox


def when(call: DetectedCall, zone: ZoneInfo, today: date, lang: str) -> str:
    """From when to when, with the day where that is not today."""
    begin = wall(call.started_at, zone)
    end = "…" if call.ended_at is None else formats.clock(wall(call.ended_at, zone), short=True)
    span = f"{formats.clock(begin, short=True)}–{end}"
    return span if begin.date() == today else f"{formats.date(begin.date(), lang, 'day')} {span}"


def row(call: DetectedCall, now: int, zone: ZoneInfo, today: date, names: CallNames) -> TableRow:
    """A call as a row: when, how long, through what, what it is worth, whose it may be or is."""
    tr = names.tr
    worth = formats.money(call.minor, call.currency, tr.lang) if call.minor is not None else ""
    whose, meaning = whose_words(call, names)
    return TableRow(
        call.id,
        (
            Cell(when(call, zone, today, tr.lang), "muted"),
            Cell(formats.timer(call.seconds(now)), "call-live" if call.ended_at is None else "foreground"),
            Cell(program(call, tr)),
            Cell(worth, "billable"),
            Cell(whose, meaning),
            Cell(_doubt(call, tr), "attention"),
        ),
        LIVE_MARK if call.ended_at is None else MARK if call.state is CallState.INBOX else " ",
        "call-live" if call.ended_at is None else "call",
    )


def _doubt(call: DetectedCall, tr: Translator) -> str:
    """What is not sure about a call, in a word or two."""
    if call.rank is not Rank.CERTAIN:
        return wording.rank(call.rank, tr)
    if call.doubtful_end:
        return tr.t("end in doubt")
    return tr.t("perhaps two") if call.seams else ""


def program(call: DetectedCall, tr: Translator) -> str:
    """What a call was noticed in, in words."""
    return wording.program(call.program, call.program_name, tr)


def state(call: DetectedCall, tr: Translator) -> str:
    """What became of a call."""
    return wording.state(call.state, tr)


def whose_words(call: DetectedCall, names: CallNames) -> tuple[str, str]:
    """Whose a call is, or may be, or that it is nobody's; and what that means."""
    tr = names.tr
    if call.state is CallState.ASSIGNED:
        owner = names.place(call.client) if call.client else tr.t("several clients")
        return (wording.written_off(owner, tr), "muted") if call.written_off else (owner, "foreground")
    if call.state is not CallState.INBOX:
        return state(call, tr), "muted"
    suggested = call.suggestion
    if suggested is None:
        return "?", "attention"
    asked = tr.t("{client}?", client=names.place(suggested.client, suggested.project))
    return f"{asked} {reason(suggested).said(tr)}", "foreground"


def facts(found: Explanation, zone: ZoneInfo, note: str, names: CallNames, room: int, rule: str = "") -> list[WordLine]:
    """What is known of one call and why it is one, in four lines of `room` cells; `rule` is one that fits it."""
    call = found.call
    tr = names.tr
    begin, end = wall(call.started_at, zone), wall(call.ended_at, zone) if call.ended_at is not None else None
    day = formats.date(begin.date(), tr.lang, "weekday")
    span = f"{formats.clock(begin, True)} – {formats.clock(end, True) if end else '…'}"
    doubts = [
        words
        for doubtful, words in (
            (call.doubtful_begin, tr.t("it was under way when we began to look")),
            (call.doubtful_end, tr.t("it was lost from sight: its end is in doubt")),
        )
        if doubtful
    ]
    if call.seams:
        times = ", ".join(formats.clock(wall(seam, zone), True) for seam in call.seams)
        doubts.append(tr.t("perhaps two calls: {times}", times=times))
    why = [said.said(tr) for said in (wording.rule(found.rule), wording.rule(found.over)) if said is not None]
    why.append(tr.t("it interrupts what runs") if found.interrupted else tr.t("it interrupts nothing"))
    if rule:
        why = [rule]
    seen = [tr.p(*_EVIDENCE[kind]) for kind in call.evidence if kind in _EVIDENCE]
    seen += [source_names(call.evidence, tr)] if call.listed else []
    whose, meaning = whose_words(call, names)
    told = Word(" · ".join(doubts or [call.title]), "attention" if doubts else "muted")
    lines = (
        (Word(f"{day}  {span}"), Word(", ".join(seen), "muted")),
        (Word(whose, meaning), Word(tr.t("last: {note}", note=note) if note else "", "muted")),
        (Word(" · ".join(why), "muted"),),
        (told,),
    )
    if all(_wide(line) <= room for line in lines):
        return [_spaced(line) for line in lines]
    (when, heard), (owner, last), (reasons,), _ = lines
    return _flowing((when, heard, owner, told, reasons, last), room)


def _wide(words: Sequence[Word]) -> int:
    """The cells of words with three between them and one before."""
    return sum(cell_len(word.text) + 3 for word in words if word.text)


def _spaced(words: Sequence[Word]) -> WordLine:
    """Words with three cells between them."""
    found = [word for word in words if word.text]
    return WordLine(
        tuple(word._replace(text=("   " if index else " ") + word.text) for index, word in enumerate(found))
    )


def _flowing(words: Sequence[Word], room: int) -> list[WordLine]:
    """Words in as few lines as hold them, in their order."""
    lines: list[list[Word]] = [[]]
    for word in words:
        if lines[-1] and _wide([*lines[-1], word]) > room:
            lines.append([])
        lines[-1].append(word)
    return [_spaced(line) for line in lines]


_EVIDENCE = {
    "capture": mark_p("evidence", "the program held the microphone"),
    "playback": mark_p("evidence", "it played the other side"),
    "voice": mark_p("evidence", "speech was heard"),
    "line": mark_p("evidence", "the telephone line told it"),
}
