"""What the figures must be, worked out a second time from the words of the design and from nothing of the program.

Takes rows with a session's fields and the terms as they were written down; rounds by definition, with fractions.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import cache
from math import floor

COUNTERS = (
    "exact", "billed", "rule_loss", "rule_gain", "unit_loss", "unit_gain", "manual_loss", "manual_gain", "underbilled",
    "overbilled",
)  # fmt: skip
LOSSES, GAINS = ("rule_loss", "unit_loss", "manual_loss"), ("rule_gain", "unit_gain", "manual_gain")
DIGITS = {"JPY": 0, "TND": 3}


def day_of(instant: int, client) -> date:
    """The civil day of an instant: it begins at midnight."""
    return datetime.fromtimestamp(instant, client.zone).date()


def last_come(entries, day: date):
    come = [entry for entry in entries if entry.since <= day]
    return come[-1] if come else None


def places(client, project: str):
    """Where terms are looked for: the project's own first, then the client's."""
    return [*(p for p in client.projects if p.slug == project), client]


def rate_of(client, project: str, channel, day: date) -> Fraction:
    for place in places(client, project):
        rate = last_come(place.rates, day)
        if rate:
            special = [amount for name, amount in rate.channels if name == channel]
            return Fraction(special[0] if special else rate.hourly)
    return Fraction(0)


def rule_of(client, project: str, channel, day: date):
    for place in places(client, project):
        mine = last_come([r for r in place.rounding if r.channels and channel in r.channels], day)
        found = mine or last_come([r for r in place.rounding if not r.channels], day)
        if found:
            return found.rule
    return None


def owner_of(row, client) -> str:
    """Whose a session's seconds are, of the parts in law 2."""
    if client.slug == "own":
        return "non_billable"
    if row.write_off:
        return "written_off"
    if row.scope == "out":
        return {"bill": "out_bill", "pending": "out_pending", "absorb": "out_absorbed"}[row.decision]
    for place in places(client, row.project):
        contract = last_come(place.contracts, date.fromordinal(row.day))
        if contract and (contract.kind == "fixed" or not contract.ends or row.day <= contract.ends.toordinal()):
            return "billable" if contract.kind == "hourly" else "included"
    return "billable"


def half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def money(seconds: int, hourly: Fraction, currency: str) -> int:
    return half_up(seconds * hourly / 3600 * 10 ** DIGITS.get(currency, 2))


def seconds_of_day(instant: int, zone) -> int:
    local = datetime.fromtimestamp(instant, zone)
    return local.hour * 3600 + local.minute * 60 + local.second


def on_grid(instant: int, zone, step: int) -> bool:
    offsets = [datetime.fromtimestamp(i, zone).utcoffset() for i in (instant, instant - 1)]
    return seconds_of_day(instant, zone) % step == 0 or offsets[0] != offsets[1]


@cache
def moved(instant: int, zone, rule, edge: str) -> int:
    """An instant moved to the grid, by going second by second until the clock shows a multiple of the step."""
    rest = seconds_of_day(instant, zone) % rule.step
    low, high = instant, instant + (rule.step - rest) % rule.step
    if plain(instant - rest, high, zone):  # no change of the clocks and no midnight near: the walk is a subtraction
        low -= rest
    else:
        high = instant
        while not on_grid(low, zone, rule.step):
            low -= 1
        while not on_grid(high, zone, rule.step):
            high += 1
    if edge == "nearest" and low != high:
        if instant - low == high - instant:
            odd = seconds_of_day(instant, zone) // rule.step % 2 == 1
            return {"up": high, "down": low, "even": high if odd else low}[rule.tie]
        return low if instant - low < high - instant else high
    return low if edge == "floor" else high


def plain(low: int, high: int, zone) -> bool:
    ends = [datetime.fromtimestamp(i, zone) for i in (low - 1, low, high)]
    return len({end.utcoffset() for end in ends}) == 1 and ends[1].date() == ends[2].date()


def by_length(rule, a: int) -> int:
    s = rule.step or 1
    full, rest = divmod(a, s)
    match rule.model:
        case "up":
            return (full + (rest > 0)) * s
        case "down":
            return full * s
        case "nearest":
            half = Fraction(rest, s)
            tie = {"up": 1, "down": 0, "even": full % 2}[rule.tie]
            return (full + (1 if half > Fraction(1, 2) else tie if half == Fraction(1, 2) else 0)) * s
        case "grace":
            first = a > 0 and full == 0 and not rule.grace_first
            return (full + (1 if first or rest > rule.grace else 0)) * s
        case "first":
            return 0 if a == 0 else rule.first if a <= rule.first else rule.first - (rule.first - a) // s * s
        case "tiers":
            return next(billed for bound, billed in rule.tiers if bound is None or a <= bound) if a else 0
        case "flat":
            return rule.flat if a else 0
    return a


def ruled(rule, spans: list[tuple[int, int]], zone) -> int:
    """Billed seconds of the stretches of one group."""
    a = sum(end - begin for begin, end in spans)
    if rule is None:
        return a
    if rule.model == "clock":
        billed = sum(
            max(0, moved(end, zone, rule, rule.finish) - moved(begin, zone, rule, rule.begin))
            for begin, end in spans
            if end > begin
        )
    else:
        billed = by_length(rule, a)
    if a and rule.minimum is not None:
        billed = max(billed, rule.minimum)
    return min(billed, rule.maximum) if a and rule.maximum is not None else billed


def pieces(row, rule, client, end: int):
    """A session's parts by day, where the rule cuts days at their end."""
    if rule is None or rule.scope != "day" or rule.midnight != "split" or end == row.started_at:
        yield date.fromordinal(row.day), row.started_at, end
        return
    begin, day = row.started_at, day_of(row.started_at, client)
    while begin < end:
        day += timedelta(days=1)
        limit = int(datetime.combine(day, time(), client.zone).timestamp())
        yield day - timedelta(days=1), begin, min(end, limit)
        begin = min(end, limit)


def line_of(row, day: date, client) -> str:
    kind = client.statement.lines
    return {"session": row.id, "day": str(day), "channel": row.channel, "project": row.project, "note": row.note}[kind]


def lines(rows: Iterable, client, now: int, rule_for_all=None, held=None) -> list[dict[str, int]]:
    """The figures of every line of a statement of a client's billable sessions."""
    return [line_figures(some, client) for some in on_lines(gathered(rows, client, now, rule_for_all, held), client)]


class Gathered:
    """A billing group: its members, each a row with the start and the end of its part, its counters, its terms."""

    def __init__(self, members: list, counted: dict[str, int], hourly: Fraction, client) -> None:
        self.members, self.counted, self.hourly = members, counted, hourly
        row, begin, _ = members[0]
        keys = {line_of(r, day_of(b, client) if b != r.started_at else date.fromordinal(r.day), client)
                for r, b, _ in members}  # fmt: skip
        alone = (row.id, begin) if len(keys) > 1 else None
        self.line = (row.project, hourly, row.scope, row.decision, row.statement, min(keys), alone)


def gathered(rows: Iterable, client, now: int, rule_for_all=None, held=None) -> list[Gathered]:
    """Every billing group. `held` is what live statements hold of a day: the stretches, the rule's seconds, those
    that were billed, and the total that was agreed for it last.
    """
    found = defaultdict(list)
    for row in sorted(rows, key=lambda r: (r.started_at, r.id)):
        day = date.fromordinal(row.day)
        rule = rule_for_all or rule_of(client, row.project, row.channel, day)
        end = max(now, row.started_at) if row.ended_at is None else row.ended_at
        hourly = rate_of(client, row.project, row.channel, day)
        for on, begin, until in pieces(row, rule, client, end):
            scope = rule.scope if rule else "entry"
            anchor = {"entry": row.id, "day": on, "line": line_of(row, on, client)}.get(scope, "")
            key = (row.project, hourly, row.scope, row.decision, row.statement, rule, anchor)
            found[key].append((row, begin, until))
    result = []
    for (project, hourly, scope, decision, _, rule, anchor), members in found.items():
        chains = [members[: n + 1] for n in range(len(members))] if rule and rule.scope == "cumulative" else [members]
        spans_held, before, taken, total = (held or {}).get(
            (project, hourly, scope, decision, rule, anchor), ([], 0, 0, None)
        )
        for chain in chains:
            spans = [(begin, end) for _, begin, end in chain]
            own = chain[-1:] if len(chains) > 1 else chain
            exact = sum(end - begin for _, begin, end in own)
            upto = ruled(rule, [*spans_held, *spans], client.zone) if exact or not spans_held else before
            typed = [r.agreed_seconds for r, begin, _ in own if r.agreed_seconds is not None and begin == r.started_at]
            by_rule = max(0, upto - before) if spans_held else upto - before
            sold = rule and (rule.unit or (rule.scope == "day" and rule.model in ("tiers", "flat")))
            total = sum(typed) if typed else total
            counted = counters(exact, by_rule, by_rule if total is None else max(0, total - taken), bool(sold))
            total = None if len(chains) > 1 else total
            result.append(Gathered(own, counted, hourly, client))
            before = upto
    return result


def held_of(frozen: Iterable, rows: dict, client) -> dict:
    """What live statements hold of days: of frozen groups in order of issue, each its day, the seconds by the rule and
    billed, and its pieces.
    """
    found = {}
    for day, seconds, billed, parts in frozen:
        row = rows[parts[0][0]]
        on = date.fromordinal(row.day)
        rule = rule_of(client, row.project, row.channel, on)
        if rule and rule.scope == "day":
            hourly = rate_of(client, row.project, row.channel, on)
            key = (row.project, hourly, row.scope, row.decision, rule, date.fromordinal(day))
            spans, before, taken, total = found.get(key, ([], 0, 0, None))
            typed = [rows[i].agreed_seconds for i, begin, _, _ in parts
                     if rows[i].agreed_seconds is not None and begin == rows[i].started_at]  # fmt: skip
            found[key] = ([*spans, *((begin, end) for _, begin, end, _ in parts)], before + seconds, taken + billed,
                          sum(typed) if typed else total)  # fmt: skip
    return found


def counters(exact: int, by_rule: int, billed: int, sold: bool) -> dict[str, int]:
    """The counters of one group in seconds."""
    loss, gain = max(0, exact - by_rule), max(0, by_rule - exact)
    rule, unit = ((0, 0), (loss, gain)) if sold else ((loss, gain), (0, 0))
    manual = max(0, by_rule - billed), max(0, billed - by_rule)
    values = (exact, billed, *rule, *unit, *manual, max(0, exact - billed), max(0, billed - exact))
    return dict(zip(COUNTERS, values, strict=True))


def on_lines(groups: Iterable[Gathered], client) -> list[list[Gathered]]:
    """The groups by the lines they share."""
    found = defaultdict(list)
    for group in groups:
        found[group.line].append(group)
    return list(found.values())


def line_figures(groups: list[Gathered], client) -> dict[str, int]:
    """The figures of one line: money of its seconds, once; the odd cent is the largest counter's."""
    seconds = {name: sum(g.counted[name] for g in groups) for name in COUNTERS}
    minor = {name: money(value, groups[0].hourly, client.currency) for name, value in seconds.items()}
    net = minor["billed"] - minor["exact"]
    for losses, gains in ((LOSSES, GAINS), (("underbilled",), ("overbilled",))):
        odd = net - sum(minor[name] for name in gains) + sum(minor[name] for name in losses)
        order = sorted((name for name in COUNTERS if name in losses + gains), key=lambda name: -seconds[name])
        while odd:
            step = 1 if odd > 0 else -1
            name = next(n for n in order if seconds[n] and minor[n] + (step if n in gains else -step) >= 0)
            minor[name] += step if name in gains else -step
            odd -= step
    return {f"{n}_seconds": v for n, v in seconds.items()} | {f"{n}_minor": v for n, v in minor.items()}


def summed(parts: Iterable[dict[str, int]]) -> dict[str, int]:
    """The sum of lines' figures, counter by counter."""
    total = {f"{name}_{unit}": 0 for unit in ("seconds", "minor") for name in COUNTERS}
    for part in parts:
        for name, value in part.items():
            total[name] += value
    return total
