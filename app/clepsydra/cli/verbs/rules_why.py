"""rules why: step by step from what told something to what is billed of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments
from clepsydra.cli.outcome import clock_of, tell_problems
from clepsydra.cli.output import plain, table
from clepsydra.language import formats
from clepsydra.ledger.evidence import rule_words, wording
from clepsydra.ledger.evidence.explaining import Trace, trace
from clepsydra.ledger.evidence.ruling import Ruled, why_asked

_FIELDS = ("began", "ended", "way", "app", "party", "label", "origin", "words")
"""What a source may tell; a person sees which of it was used, never whom or what about."""


def why(context: CommandContext, given: Arguments) -> int:
    """Why a happening is what it is."""
    found = trace(context.ledger, context.home.client_file, given.word("id"))
    if given.flag("json"):
        context.json(trace_object(found))
    else:
        context.print(*table([(step, plain(text)) for step, text in _steps(context, found)]))
    tell_problems(context)
    return 0


# -- as JSON


def trace_object(found: Trace) -> dict[str, Any]:
    """A trace for scripts."""
    ruled = found.found
    return {
        "id": found.id,
        "evidence": _evidence(ruled) if ruled else [],
        "owner": _owner(found, ruled) if ruled else None,
        "rule": _rule(found, ruled),
        "merged": list(ruled.item.merged.sources) if ruled else [],
        "placed": _placed(ruled) if ruled else None,
        "state": ruled.item.state.value if ruled else "taken",
        "reasons": [reason.value for reason in why_asked(ruled)] if ruled else [],
        "sessions": list(found.sessions),
        "billed": [
            {"session": each.session, "statement": each.statement or None, "exact_seconds": each.exact_seconds,
             "billed_seconds": each.billed_seconds, "model": each.rule or None}
            for each in found.billed
        ],
    }  # fmt: skip


def _evidence(ruled: Ruled) -> list[dict[str, Any]]:
    from clepsydra.exchange.log_json import stamp

    return [
        {"source": each.source, "started_at": stamp(each.began), "ended_at": stamp(each.ended),
         "fields": [name for name in _FIELDS if getattr(each, name)]}
        for each in ruled.item.merged.members
    ]  # fmt: skip


def _owner(found: Trace, ruled: Ruled) -> dict[str, Any]:
    owner = ruled.item.owner
    return {
        "clients": [client for client, _ in owner.places],
        "because": owner.why.value or None,
        **_file_line(found.contact),
    }


def _rule(found: Trace, ruled: Ruled | None) -> dict[str, Any] | None:
    fitting = ruled.ruling.fitting[0] if ruled and ruled.ruling.fitting else None
    if fitting is None:
        return {"text": found.kept_rule, **_file_line(None)} if found.kept_rule else None
    client, rule = fitting
    return {"client": client, "rule": rule.number, "text": rule.text, "take": rule.then.take.value,
            **_file_line(found.rule)}  # fmt: skip


def _file_line(where: tuple[Path, int] | None) -> dict[str, Any]:
    return {"file": str(where[0]) if where else None, "line": where[1] if where else None}


def _placed(ruled: Ruled) -> dict[str, int]:
    item = ruled.item
    placement = ruled.placement if ruled.placement.open_seconds else item.placement
    return {
        "covered_seconds": placement.covered_seconds,
        "other_seconds": placement.other_seconds,
        "free_seconds": placement.free_seconds,
    }


# -- as text


def _steps(context: CommandContext, found: Trace) -> Iterator[tuple[str, str]]:
    tr, ruled = context.tr, found.found
    if ruled is None:
        yield tr.t("evidence"), tr.t("its files tell of it no more")
        yield tr.t("rule"), found.kept_rule or tr.t("none: by hand")
    else:
        yield from _told(context, ruled)
        yield tr.t("whose"), _whose(context, found, ruled)
        yield tr.t("rule"), _by_rule(context, found, ruled)
        yield tr.t("place"), _where(context, ruled)
        yield tr.t("state"), _state(context, ruled)
    for each in found.billed:
        yield tr.t("session"), f"{each.session[-6:]} · {formats.timer(each.exact_seconds)}"
        yield tr.t("billed"), _billed(context, each.statement, each.exact_seconds, each.billed_seconds, each.rule)


def _told(context: CommandContext, ruled: Ruled) -> Iterator[tuple[str, str]]:
    tr = context.tr
    for each in ruled.item.merged.members:
        end = f"–{clock_of(context, each.ended)}" if each.ended is not None else ""
        fields = ", ".join(name for name in _FIELDS if getattr(each, name))
        yield tr.t("evidence"), f"{each.source} · {clock_of(context, each.began)}{end} · {fields}"
    sources = ruled.item.merged.sources
    if len(sources) > 1:
        yield tr.t("merged"), tr.t("one, told by {sources}", sources=", ".join(sources))


def _whose(context: CommandContext, found: Trace, ruled: Ruled) -> str:
    names = ", ".join(context.place_name(client, project) for client, project in ruled.item.owner.places)
    if not names:
        return context.tr.t("nobody’s by the contacts")
    words = [names, *(context.said(each) for each in wording.reasons(ruled.item)[:1])]
    return " · ".join([*words, *_at(found.contact)])


def _by_rule(context: CommandContext, found: Trace, ruled: Ruled) -> str:
    if found.kept_rule:
        return found.kept_rule
    if not ruled.ruling.fitting:
        return context.tr.t("none fits")
    words = [rule_words.called(client, rule, context.tr) for client, rule in ruled.ruling.fitting]
    return " · ".join([", ".join(words), *_at(found.rule), ruled.ruling.fitting[0][1].text])


def _at(where: tuple[Path, int] | None) -> list[str]:
    return [f"clients/{where[0].name}:{where[1]}"] if where else []


def _where(context: CommandContext, ruled: Ruled) -> str:
    tr, placed = context.tr, _placed(ruled)
    return tr.t(
        "covered {covered}, another’s {other}, free {free}",
        covered=formats.timer(placed["covered_seconds"]),
        other=formats.timer(placed["other_seconds"]),
        free=formats.timer(placed["free_seconds"]),
    )


def _state(context: CommandContext, ruled: Ruled) -> str:
    words = [wording.state(ruled.item.state, context.tr)]
    if ruled.open:
        words += [rule_words.reason(reason, context.tr) for reason in why_asked(ruled)]
    return " · ".join(words)


def _billed(context: CommandContext, number: str, exact: int, billed: int, model: str) -> str:
    tr = context.tr
    if number:
        return tr.t("on statement {number}", number=number)
    if not model:
        return tr.t("not billed")
    return tr.t("open: {exact} billed as {billed} ({model})", exact=formats.timer(exact),
                billed=formats.timer(billed), model=model)  # fmt: skip
