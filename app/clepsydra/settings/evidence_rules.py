"""From `[[decide]]` of a client's file to rules about evidence; here an unknown key is an error: a rule that says less
than its writer meant would decide more.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from pathlib import Path

from clepsydra.domain.evidence_rules import (
    ANY,
    EVIDENCE,
    WAYS,
    EvidenceRule,
    HoursOfWeek,
    Take,
    Then,
    When,
    compiled,
    hides,
)
from clepsydra.domain.records import replace
from clepsydra.domain.session import DEFAULT_PROJECT, Channel, Decision, Scope
from clepsydra.language.folding import folded
from clepsydra.language.nearest import nearest
from clepsydra.settings import times, values
from clepsydra.settings.pricing import since
from clepsydra.settings.problems import Expected, ProblemKind
from clepsydra.settings.toml_document import TomlDocument, TomlTable, shown
from clepsydra.settings.week import hours_of_week, ranges

CONDITIONS = ("evidence", "with", "way", "app", "title", "repository", "calendar", "over", "under", "hours")
OUTCOMES = ("project", "channel", "scope", "decision", "note", "give", "take")
_ENTRY = ("from", "when", "then")
_WEEK = 7


def read_decide(root: TomlTable) -> tuple[EvidenceRule, ...]:
    """The rules of a client, in the order of the file: the first that fits decides."""
    rules: list[EvidenceRule] = []
    for number, entry in enumerate(root.tables("decide"), 1):
        _only(entry, _ENTRY)
        begins = since(entry)
        for part in ("when", "then"):
            if part not in entry:
                entry.note(ProblemKind.MISSING, part, expected=Expected.TABLE)
        when, then = _when(entry.table("when")), _then(entry.table("then"), root)
        rule = compiled(begins, when, then, number, spelled(entry.values), spelled(_nameless(entry.values)))
        hiding = next((each for each in rules if hides(each, rule)), None)
        if hiding is not None:
            entry.note(ProblemKind.HIDDEN, other=f"decide[{hiding.number - 1}]")
        rules.append(rule)
    return tuple(rules)


def read_entry(entry: Mapping[str, object], number: int, projects: Sequence[str] = ()) -> EvidenceRule:
    """A rule that stands in no file yet; what is wrong in it counts for nothing, as `read_decide` would say."""
    standing = {"decide": [entry], "projects": [{"slug": slug} for slug in projects]}
    root = TomlDocument(Path("decide.toml"), "", standing).root
    return replace(read_decide(root)[0], number=number)


def _only(table: TomlTable, allowed: Sequence[str]) -> None:
    """Note, as errors, keys that a rule cannot have."""
    for key in sorted(table.values.keys() - set(allowed)):
        near = nearest(key, [each for each in allowed if each not in table])
        table.note(ProblemKind.WRONG, key, found=shown(key), allowed=tuple(allowed), nearest=near)


def _when(table: TomlTable) -> When:
    _only(table, CONDITIONS)
    when = When(
        evidence=table.take("evidence", _some(_word((*EVIDENCE, ANY))), ()),
        parties=table.take("with", _some(_pattern), ()),
        way=table.take("way", _some(_word(WAYS)), ()),
        app=table.take("app", _some(_pattern), ()),
        title=table.take("title", _some(_pattern), ()),
        repository=table.take("repository", _some(_pattern), ()),
        calendar=table.take("calendar", _some(_pattern), ()),
        over=table.take("over", times.duration, None),
        under=table.take("under", times.above_zero, None),
        hours=_hours(table),
    )
    kinds = when.evidence if when.evidence and ANY not in when.evidence else tuple(EVIDENCE)
    possible = frozenset[str]().union(*(EVIDENCE[kind] for kind in kinds))
    allowed = tuple(key for key in CONDITIONS if key in possible)
    for key in sorted((table.values.keys() & set(CONDITIONS)) - possible - {"evidence"}):
        found = f"evidence = {shown(table.values['evidence'])}"
        table.note(ProblemKind.IMPOSSIBLE, key, found=shown(table.values[key]), other=found, allowed=allowed)
    if when.over is not None and when.under is not None and when.under <= when.over:
        table.note(
            ProblemKind.IMPOSSIBLE, "under", found=shown(table.values["under"]),
            other=f"over = {shown(table.values['over'])}", expected=Expected.MORE_THAN_OVER,
        )  # fmt: skip
    return when


def _then(table: TomlTable, root: TomlTable) -> Then:
    _only(table, OUTCOMES)
    then = Then(
        project=table.take("project", _word((DEFAULT_PROJECT, *_projects(root))), ""),
        channel=table.take("channel", values.one_of(Channel), None),
        scope=table.take("scope", values.one_of(Scope), None),
        decision=table.take("decision", values.one_of(Decision), None),
        note=table.take("note", values.text, ""),
        give=table.take("give", values.filled, ""),
        take=table.take("take", values.one_of(Take), Take.ASK),
    )
    if then.decision is not None and then.scope is not Scope.OUT:
        other = f"scope = {shown(table.values['scope'])}" if "scope" in table else 'scope = "in"'
        _impossible(table, "decision", other, ('scope = "out"',))
    if then.decision is Decision.BILL and then.give:
        _impossible(table, "give", 'decision = "bill"', tuple(each for each in Decision if each is not Decision.BILL))
    elif then.decision is Decision.BILL and then.take is not Take.ASK:
        table.unused(frozenset({"take"}), other='decision = "bill"')
    return then


def _impossible(table: TomlTable, key: str, other: str, allowed: Sequence[str]) -> None:
    found = shown(table.values[key])
    table.note(ProblemKind.IMPOSSIBLE, key, found=found, other=other, allowed=tuple(allowed))


def _projects(root: TomlTable) -> tuple[str, ...]:
    """The slugs of the projects as they stand: what is wrong with them is told by their own reader."""
    found = root.values.get("projects")
    entries = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
    return tuple(slug for each in entries if isinstance(slug := each.get("slug"), str))


def _some(item: Callable[[object], str]) -> Callable[[object], tuple[str, ...]]:
    """One or a list of any of them."""

    def parse(raw: object) -> tuple[str, ...]:
        if isinstance(raw, list) and raw:
            return values.list_of(item)(raw)
        return (item(raw),)

    return parse


def _word(words: Sequence[str]) -> Callable[[object], str]:
    def parse(raw: object) -> str:
        if raw in words:
            return str(raw)
        near = nearest(raw, words) if isinstance(raw, str) else ""
        raise values.Wrong(values.Fault(None, tuple(words), values.quoted(near) if near else "", raw))

    return parse


def _pattern(raw: object) -> str:
    return folded(values.filled(raw))


def _hours(table: TomlTable) -> HoursOfWeek:
    """Times of day, as one text for every day or as a table by weekdays."""
    if isinstance(table.values.get("hours"), dict):
        inner = table.table("hours")
        week = hours_of_week(inner)
    else:
        found = table.take("hours", ranges, ())
        week = dict.fromkeys(range(_WEEK), found) if found else {}
    if not week:
        return ()
    return tuple(
        tuple((_minute(begin), _minute(end) or 1440) for begin, end in week.get(day, ())) for day in range(_WEEK)
    )


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


# -- as text


def spelled(entry: Mapping[str, object]) -> str:
    """A rule on one line of TOML."""
    return ", ".join(f"{key} = {inline(entry[key])}" for key in _ENTRY if key in entry)


def _nameless(entry: Mapping[str, object]) -> dict[str, object]:
    """A rule as the log keeps it beside what it decided: numbers and addresses stay in the file."""
    when = entry.get("when")
    if isinstance(when, Mapping) and "with" in when:
        return {**entry, "when": {**when, "with": "…"}}
    return dict(entry)


def inline(value: object) -> str:
    """A value in TOML on one line."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {inline(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(inline, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, str):
        return _text(str(value))
    return str(value)


def _text(text: str) -> str:
    """A text in double quotes: JSON's escapes are TOML's, but for the one sign that JSON leaves as it is."""
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


# -- where it stands


def line_of(file: Path, number: int) -> int:
    """The line on which a rule begins, counted from 1 as the rule's number is; 1 where the file cannot be read."""
    from clepsydra.settings.foreign import Unusable, content
    from clepsydra.settings.lines import TomlLines

    try:
        text = content(file).decode("utf-8-sig", "replace").replace("\r\n", "\n")
    except Unusable:
        return 1
    return TomlLines(text).of(("decide", number - 1))
