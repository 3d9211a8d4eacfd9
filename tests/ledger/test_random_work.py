"""Random work at the ledger: after every step the laws hold, by a model of plain rows that knows nothing of SQL.

`LEDGER_EXAMPLES=1000 LEDGER_STEPS=60` in the environment makes it a long run.
"""

import json
import sqlite3
from contextlib import ExitStack
from dataclasses import asdict, fields, replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from clepsydra.domain.periods import ONE_DAY, months_after
from clepsydra.domain.rounding import GroupScope, Midnight, Model, RoundingRule
from clepsydra.domain.session import FREE_TOUCH, UNDONE, Channel, Decision, Scope, Session
from clepsydra.domain.terms import DatedRule, Rate
from clepsydra.ledger import editing, history, recovery, reports, timers
from clepsydra.ledger.billing import agreed_time, statements
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.live.figures import Live
from clepsydra.ledger.receivables import statement_payment
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.store import billed_groups
from tests.ledger import reckoning
from tests.ledger.log_csv import import_csv
from tests.ledger.run_lengths import machine_settings
from tests.ledger.workbench import DAY, HOUR, MINUTE, Desk, numbered_ids

COLUMNS = [f.name for f in fields(Session)]
TABLES = ("session", "statement", "receipt", "allocation", "interrupted", "touched")
places = st.sampled_from(
    [("acme", "default"), ("brel", "default"), ("brel", "api"), ("cafe", "default"), ("dore", "default"),
     ("ecru", "default"), ("fjord", "default"), ("own", "default")]
)  # fmt: skip
scopes = st.sampled_from([(Scope.IN, None)] * 4 + [(Scope.UNSURE, None), (Scope.OUT, None)] + [
    (Scope.OUT, decision) for decision in Decision
])  # fmt: skip
moments = st.one_of(st.none(), st.integers(-3 * HOUR, 60))
lengths = st.sampled_from([0, 1, 299, 7 * MINUTE, 15 * MINUTE, 901, HOUR, 5 * HOUR, 20 * HOUR])


@st.composite
def works(draw: st.DrawFn) -> Work:
    client, project = draw(places)
    scope, decision = draw(scopes)
    note = draw(st.sampled_from(["", "login", "[/red]", "=1+1", "é\u202e\U0001f9ed", "a\x00b\x1b[2J"]))
    return Work(client, project, note, draw(st.sampled_from([Channel.WORK, Channel.CALL])), scope, decision)


@st.composite
def rounding_rules(draw: st.DrawFn) -> RoundingRule:
    model = draw(st.sampled_from([Model.EXACT, Model.UP, Model.DOWN, Model.NEAREST, Model.GRACE, Model.CLOCK]))
    scope, midnight = draw(st.sampled_from(GroupScope)), draw(st.sampled_from(Midnight))
    return RoundingRule(model, draw(st.sampled_from([360, 900, 1800])), scope, midnight=midnight, grace=180)


class Work_at_the_ledger(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.closing = ExitStack()
        self.closing.enter_context(numbered_ids())
        self.desk = Desk.at()
        self.ledger = self.desk.ledger
        self.live = Live(self.ledger)
        self.past: list[tuple[dict, dict]] = []
        self.future: list[tuple[dict, dict]] = []
        self.frozen: dict[str, dict[str, int]] = {}

    def teardown(self) -> None:
        self.ledger.db.close()
        self.closing.close()

    # -- the model ----------------------------------------------------------------------------------------------

    def state(self) -> dict[str, dict]:
        """All rows that a person can change; a statement whose issue was undone counts as not there."""
        rows = {}
        for table in TABLES:
            found = [dict(row) for row in self.ledger.db.execute(f"SELECT * FROM {table}")]
            rows[table] = {next(iter(row.values())): row for row in found}
        undone = {k for k, s in rows["statement"].items() if s["state"] == "void" and s["void_reason"] == UNDONE}
        rows["statement"] = {k: s for k, s in rows["statement"].items() if k not in undone}
        return rows

    def rows(self, client: str | None = None) -> list[SimpleNamespace]:
        found = (SimpleNamespace(**row) for row in self.state()["session"].values())
        return [row for row in found if client in (None, row.client)]

    def do(self, deed, expected=None):
        """Do one thing: what is refused changes nothing, what is done changes what was expected and nothing else."""
        before = self.state()
        try:
            result = deed()
        except Refused:
            assert self.state() == before
            return None
        after = self.state()
        if expected:
            wanted = {key: dict(row) for key, row in before["session"].items()}
            expected(wanted, result)
            assert after["session"] == wanted
            assert {t: r for t, r in after.items() if t in ("statement", "receipt", "allocation")} == {
                t: r for t, r in before.items() if t in ("statement", "receipt", "allocation")
            }
        if after != before:
            self.past.append((before, after))
            self.future.clear()
        return result

    def row(self, made: Session, work: Work, begin: int, end: int | None, source: str) -> dict:
        client = self.desk.terms.clients[work.client]
        return {
            "id": made.id, "client": work.client, "project": work.project, "channel": work.channel.value,
            "started_at": begin, "ended_at": end, "zone": "Europe/Paris",
            "day": reckoning.day_of(begin, client).toordinal(), "scope": work.scope.value,
            "decision": (work.decision or "pending") if work.scope == "out" else None, "note": work.note,
            "agreed_seconds": None, "write_off": None, "statement": None, "source": source,
            "logged_at": self.desk.now, "doubtful_from": None, "request": "",
            "precision": None, "person": "", "device": "",
        }  # fmt: skip

    def pick(self, data: st.DataObject, *, running: bool | None = None) -> str:
        ids = sorted(r.id for r in self.rows() if running in (None, r.ended_at is None))
        return data.draw(st.sampled_from(ids)) if ids else "none"

    def moment(self, offset: int | None) -> int | None:
        return None if offset is None else self.desk.now + offset

    def end_all(self, wanted: dict, at: int | None) -> None:
        for row in wanted.values():
            if row["ended_at"] is None:
                row["ended_at"] = max(self.desk.now, row["started_at"]) if at is None else at

    # -- time and settings --------------------------------------------------------------------------------------

    @rule(seconds=st.sampled_from([1, 59, 7 * MINUTE, 50 * MINUTE, 5 * HOUR, 17 * HOUR, 8 * DAY]))
    def wait(self, seconds):
        self.desk.wait(seconds)

    @rule(parallel=st.booleans())
    def choose_parallel(self, parallel):
        self.desk.set(parallel_timers=parallel)

    @rule(slug=st.sampled_from(["acme", "brel", "cafe", "dore"]), hourly=st.sampled_from(["0", "33.33", "200"]),
          rounding=rounding_rules(), days=st.integers(-3, 3))  # fmt: skip
    def agree_new_terms(self, slug, hourly, rounding, days):
        since = date.fromordinal(self.ledger.today.toordinal() + days)
        client = self.desk.terms.clients[slug]
        later = [e for e in client.rates if e.since <= since], [e for e in client.rounding if e.since <= since]
        changed = replace(
            client,
            rates=(*later[0], Rate(since, Decimal(hourly))),
            rounding=(*later[1], DatedRule(since, rounding)),
        )
        self.desk.terms.clients = {**self.desk.terms.clients, slug: changed}
        self.live.refresh(terms_changed=True)

    # -- timers -------------------------------------------------------------------------------------------------

    @rule(work=works(), offset=moments, switch=st.booleans())
    def start(self, work, offset, switch):
        at = self.moment(offset)
        stopping = switch or not self.desk.terms.settings.parallel_timers

        def expected(wanted, made):
            if stopping:
                self.end_all(wanted, at)
            begin = self.desk.now if at is None else at
            wanted[made.id] = self.row(made, work, begin, None, "timer")

        self.do(lambda: (timers.switch if switch else timers.start)(self.ledger, work, at), expected)

    @rule(offset=moments)
    def stop(self, offset):
        at = self.moment(offset)

        def expected(wanted, ended):
            row = max((r for r in wanted.values() if r["ended_at"] is None), key=lambda r: (r["started_at"], r["id"]))
            row["ended_at"] = max(self.desk.now, row["started_at"]) if at is None else at
            row["doubtful_from"] = row["doubtful_from"] if at is None else None
            assert row["id"] == ended.id

        self.do(lambda: timers.stop(self.ledger, at), expected)

    @rule(offset=moments)
    def pause(self, offset):
        at = self.moment(offset)
        self.do(lambda: timers.pause(self.ledger, at), lambda wanted, _: self.end_all(wanted, at))

    @rule()
    def resume(self):
        stopping = not self.desk.terms.settings.parallel_timers
        known = {r.id: r for r in self.rows()}
        stack = [known.get(r["session"]) for r in self.state()["interrupted"].values()]

        def expected(wanted, made):
            if stopping:
                self.end_all(wanted, None)
            work = Work(made.client, made.project, made.note, made.channel, made.scope, made.decision)
            wanted[made.id] = self.row(made, work, self.desk.now, None, "timer")
            alike = [r for r in known.values() if Work.of(made) == work_of(r)]
            assert alike, "what is resumed was there before"
            assert not any(r.ended_at is None for r in alike)
            runs = [work_of(r) for r in known.values() if r.ended_at is None]
            waiting = [r for r in stack if r is not None and work_of(r) not in runs]
            assert not waiting or work_of(waiting[-1]) == work

        self.do(lambda: timers.resume(self.ledger), expected)

    @rule(data=st.data(), back=st.integers(-HOUR, 30 * HOUR), over=st.booleans())
    def back_date(self, data, back, over):
        chosen, begins = self.pick(data, running=True), self.desk.now - back
        alone = not self.desk.terms.settings.parallel_timers

        def expected(wanted, done):
            row, gone = wanted[chosen], set()
            for each in wanted.values() if alone else ():
                timed = each["source"] == "timer" and each["channel"] != "call" and each["ended_at"] is not None
                if timed and {each["agreed_seconds"], each["write_off"], each["statement"]} == {None}:
                    if begins <= each["started_at"] < each["ended_at"] <= row["started_at"]:
                        gone.add(each["id"])
                    elif each["started_at"] < begins < each["ended_at"] <= row["started_at"]:
                        doubt = each["doubtful_from"]
                        each |= {"ended_at": begins, "doubtful_from": doubt if (doubt or begins) < begins else None}
            assert over or not gone
            assert {each.id for each in done.removed} == gone
            row |= {"started_at": begins}
            row["day"] = reckoning.day_of(begins, self.desk.terms.clients[row["client"]]).toordinal()
            for each in gone:
                del wanted[each]

        agreed_to = {row.id for row in self.rows()} if over else set()
        done = self.do(lambda: timers.back_date(self.ledger, chosen, begins, over=agreed_to), expected)
        assert done is None or begins <= self.desk.now + 60

    # -- by hand ------------------------------------------------------------------------------------------------

    @rule(work=works(), back=st.integers(0, 4 * DAY), length=lengths)
    def add(self, work, back, length):
        begin = self.desk.now - back
        deed = lambda: editing.add(self.ledger, work, begin, begin + length)  # noqa: E731
        self.do(deed, lambda wanted, made: wanted.update(
            {made.id: self.row(made, work, begin, begin + length, "manual")}))  # fmt: skip

    @rule(client=st.sampled_from(["acme", "brel"]), length=st.sampled_from([None, 60, 600]))
    def touch(self, client, length):
        work, seconds = Work(client, channel=Channel.MESSAGE), length or 300
        around = {row.id for row in self.rows(client) if self.holds(row, self.ledger.now - seconds)}
        made = self.do(lambda: editing.touch(self.ledger, work, length), (lambda wanted, _: None) if around else None)
        if around:  # part of that work: no session of its own, and no second less or more
            assert made.id in around
            return
        assert made.exact_seconds(0) == seconds
        others = [r for r in self.rows() if r.source == "touch" and r.id != made.id and r.ended_at]
        assert not any(r.started_at < made.ended_at and made.started_at < r.ended_at for r in others
                       if r.ended_at - r.started_at <= 600 and (r.channel, r.note) == ("message", "!"))  # fmt: skip

    def holds(self, row: SimpleNamespace, begin: int) -> bool:
        """Whether an exchange of the client that began then and ends now lies in a work of its own."""
        if row.project != "default" or row.channel == Channel.MESSAGE or row.write_off is not None:
            return False
        if row.ended_at is None:
            return row.doubtful_from is None
        return row.started_at <= begin and row.ended_at >= self.ledger.now

    @rule(data=st.data(), offset=moments, length=lengths, client=st.sampled_from([None, None, "acme", "cafe"]))
    def edit(self, data, offset, length, client):
        session_id, begin = self.pick(data), self.moment(offset)
        end = None if begin is None else begin + length
        changes = editing.Edit(client=client, started_at=begin, ended_at=end, note="changed")

        def expected(wanted, _):
            row = wanted[session_id]
            moved = client not in (None, row["client"])
            row |= {"note": "changed"} | ({"client": client, "project": "default"} if moved else {})
            if moved and row["write_off"] == FREE_TOUCH:  # another client's agreement gave it not
                row["write_off"] = None
            if begin is not None:
                row |= {"started_at": begin, "ended_at": end, "doubtful_from": None}
            terms = self.desk.terms.clients[row["client"]]
            row["day"] = reckoning.day_of(row["started_at"], terms).toordinal()

        self.do(lambda: editing.edit(self.ledger, session_id, changes), expected)

    @rule(data=st.data(), scope=scopes)
    def mark_scope(self, data, scope):
        session_id = self.pick(data)

        def expected(wanted, _):
            decision = (scope[1] or "pending") if scope[0] == "out" else None
            wanted[session_id] |= {"scope": scope[0].value, "decision": decision and str(decision)}

        self.do(lambda: editing.set_scope(self.ledger, session_id, *scope), expected)

    @rule(data=st.data(), part=st.integers(1, 99))
    def split(self, data, part):
        chosen = self.pick(data)
        whole = next((r for r in self.rows() if r.id == chosen), None)
        if whole is None:
            return
        end = self.desk.now if whole.ended_at is None else whole.ended_at
        at = whole.started_at + (end - whole.started_at) * part // 100
        halves = self.do(lambda: editing.split(self.ledger, whole.id, at))
        if halves:
            assert sum(h.exact_seconds(self.desk.now) for h in halves) == end - whole.started_at
            assert sum(h.agreed_seconds or 0 for h in halves) == (whole.agreed_seconds or 0)
            assert {h.doubtful_from is None for h in halves} >= {whole.doubtful_from is None}

    @rule(data=st.data(), fill=st.booleans())
    def join(self, data, fill):
        pair = [self.pick(data), self.pick(data)]
        before = {r.id: r for r in self.rows()}
        whole = self.do(lambda: editing.join(self.ledger, *pair, fill=fill))
        if whole:
            both = [before[i] for i in pair]
            assert whole.started_at == min(r.started_at for r in both)
            assert whole.ended_at is None or whole.ended_at == max(r.ended_at for r in both)
            assert {r.id for r in self.rows()} == before.keys() - (set(pair) - {whole.id})

    @rule(data=st.data())
    def remove(self, data):
        session_id = self.pick(data)
        self.do(lambda: editing.remove(self.ledger, session_id), lambda wanted, _: wanted.pop(session_id))

    @rule(data=st.data(), reason=st.sampled_from(["", "gift"]))
    def write_off(self, data, reason):
        session_id = self.pick(data)
        self.do(lambda: editing.write_off(self.ledger, session_id, reason),
                lambda wanted, _: wanted[session_id].update(write_off=reason or None))  # fmt: skip

    @rule(data=st.data(), seconds=st.sampled_from([None, 0, HOUR, 3 * HOUR]), day=st.booleans())
    def agree(self, data, seconds, day):
        chosen = self.pick(data)
        row = next((r for r in self.rows() if r.id == chosen), None)
        if row is None:
            return
        before = {r.id: r for r in self.rows()}
        if day:
            on = date.fromordinal(row.day)
            groups = self.do(lambda: agreed_time.agree_day(self.ledger, row.client, row.project, on, seconds))
        else:
            groups = self.do(lambda: agreed_time.agree_session(self.ledger, row.id, seconds))
        for after in self.rows():
            after.agreed_seconds = before[after.id].agreed_seconds
            assert after == before[after.id]
        if groups and seconds is not None:
            taken = agreed_time.billed_on(self.ledger, groups, on) if day else groups[0].taken
            assert sum(g.seconds.billed for g in groups) == max(0, seconds - taken)

    @rule(work=works(), back=st.integers(0, 9 * DAY), rows=st.integers(1, 3), named=st.booleans())
    def bring_in(self, work, back, rows, named):
        begin = self.desk.now - back
        text = "id,client,project,started_at,ended_at,note\n" + "".join(
            f"{f'{work.client}-{work.project}-{begin}-{n}' if named else ''},"
            f"{work.client},{work.project},{stamp(begin + n)},{stamp(begin + n + 700)},row\n"
            for n in range(rows)
        )
        first = self.do(lambda: import_csv(self.ledger, text))
        again = self.do(lambda: import_csv(self.ledger, text))
        assert first.added + first.known == again.known == rows
        assert not first.problems
        assert not again.stored

    # -- statements ---------------------------------------------------------------------------------------------

    def billable(self, client: str, last: int) -> list[SimpleNamespace]:
        terms = self.desk.terms.clients[client]
        return [
            r for r in self.rows(client)
            if r.statement is None and r.ended_at is not None and r.doubtful_from is None and r.day <= last
            and reckoning.owner_of(r, terms) in ("billable", "out_bill")
        ]  # fmt: skip

    def held(self, client: str) -> dict:
        """What live statements hold of days, as they froze it."""
        frozen = self.ledger.db.execute(
            "SELECT billed_group.day, rule_seconds, billed_group.billed_seconds, billed_group.body FROM billed_group "
            "JOIN statement ON statement.id = statement AND state = 'issued' WHERE billed_group.client = ? "
            "ORDER BY issued_at, statement.rowid, billed_group.id",
            (client,),
        )
        some = [(day, seconds, billed, json.loads(body)["pieces"]) for day, seconds, billed, body in frozen]
        return reckoning.held_of(some, {r.id: r for r in self.rows()}, self.desk.terms.clients[client])

    @rule(client=st.sampled_from(["acme", "brel", "cafe", "dore", "ecru", "fjord"]))
    def issue(self, client):
        terms = self.desk.terms.clients[client]
        ready = self.billable(client, reckoning.day_of(self.desk.now, terms).toordinal())
        ids = {r.id for r in ready}
        held = [{p.session.id for p in g.pieces} for g in agreed_time.groups_open(self.ledger, client) if g.agreed]
        cut = any(members & ids and members - ids for members in held)  # what runs or is doubtful shares the total
        preview, before = statements.preview(self.ledger, client).statement, self.held(client)
        issued = self.do(lambda: statements.issue(self.ledger, client))
        assert (issued is not None) == (bool(ready) and not cut)
        if issued:
            figures = reckoning.summed(reckoning.lines(ready, terms, self.desk.now, held=before))
            assert asdict(issued.totals) == asdict(preview.totals) == figures
            # One that a day's end cuts is on the lines of both days.
            assert {i for line in issued.lines for i in line.sessions} == {r.id for r in ready}
            self.frozen[issued.number] = figures

    def pick_statement(self, data: st.DataObject) -> str:
        numbers = [s.number for s in statements.listed(self.ledger)]
        return data.draw(st.sampled_from(numbers)) if numbers else "none"

    @rule(data=st.data())
    def void(self, data):
        number = self.pick_statement(data)
        self.do(lambda: statements.void(self.ledger, number, "a mistake"))

    @rule(data=st.data(), part=st.sampled_from([None, 1, 100]))
    def pay(self, data, part):
        number = self.pick_statement(data)
        paid = self.do(lambda: statement_payment.pay(self.ledger, number, part))
        assert not paid or 0 <= paid.balance_minor < paid.total_minor

    # -- doubts -------------------------------------------------------------------------------------------------

    @rule(seconds=st.integers(130, 2 * HOUR))
    def sleep(self, seconds):
        seen = self.desk.now
        self.desk.wait(seconds)
        self.do(lambda: recovery.unseen_since(self.ledger, seen))

    @precondition(lambda self: any(r.doubtful_from is not None for r in self.rows()))
    @rule(data=st.data(), answer=st.sampled_from([recovery.keep, recovery.cut, recovery.split, recovery.discard]))
    def answer(self, data, answer):
        ids = sorted(r.id for r in self.rows() if r.doubtful_from is not None)
        self.do(lambda: answer(self.ledger, data.draw(st.sampled_from(ids))))

    # -- undo ---------------------------------------------------------------------------------------------------

    @rule(times=st.integers(1, 4))
    def undo(self, times):
        for _ in range(times):
            if not self.past:
                with pytest.raises(Refused):
                    history.undo(self.ledger)
                return
            before, after = self.past.pop()
            assert self.state() == after
            history.undo(self.ledger)
            assert self.state() == before
            self.future.append((before, after))

    @rule(times=st.integers(1, 4))
    def redo(self, times):
        for _ in range(times):
            if not self.future:
                with pytest.raises(Refused):
                    history.redo(self.ledger)
                return
            before, after = self.future.pop()
            history.redo(self.ledger)
            assert self.state() == after
            self.past.append((before, after))

    # -- what holds after every step ----------------------------------------------------------------------------

    @invariant()
    def the_log_proves_itself(self):
        assert [str(b.what) for b in verify(self.ledger)] == []

    @invariant()
    def every_second_has_one_owner(self):
        for row in reports.ownership(self.ledger, reports.Period()):
            client = self.desk.terms.clients[row.client]
            sums = dict.fromkeys(reports.OWNERS, 0)
            for r in self.rows(row.client):
                end = max(self.desk.now, r.started_at) if r.ended_at is None else r.ended_at
                sums[reckoning.owner_of(r, client)] += end - r.started_at
            assert row.seconds == sums
            assert row.exact_seconds == sum(sums.values())

    @invariant()
    def the_report_is_the_reckoning(self):
        reported = {row.client: asdict(row.figures) for row in reports.rounding(self.ledger, reports.Period())}
        statement_rows = self.state()["statement"].values()
        for slug, client in self.desk.terms.clients.items():
            ready = [
                r for r in self.rows(slug)
                if r.statement is None and r.doubtful_from is None
                and reckoning.owner_of(r, client) in ("billable", "out_bill")
            ]  # fmt: skip
            standing = [s["number"] for s in statement_rows if s["client"] == slug and s["state"] == "issued"]
            open_lines = reckoning.lines(ready, client, self.desk.now, held=self.held(slug))
            parts = [*open_lines, *(self.frozen[n] for n in standing)]
            wanted = reckoning.summed(parts)
            assert reported.get(slug, reckoning.summed([])) == wanted
            for unit in ("seconds", "minor"):
                f = {name: wanted[f"{name}_{unit}"] for name in reckoning.COUNTERS}
                lost, won = (sum(f[name] for name in some) for some in (reckoning.LOSSES, reckoning.GAINS))
                assert f["billed"] == f["exact"] - lost + won
                assert f["billed"] - f["exact"] == f["overbilled"] - f["underbilled"]

    @invariant()
    def billed_once(self):
        rows = {r.id: r.statement for r in self.rows()}
        for key, row in self.state()["statement"].items():
            listed = {i for line in statements.show(self.ledger, row["number"]).lines for i in line.sessions}
            on_it = {i for i, statement in rows.items() if statement == key}
            assert on_it == (listed if row["state"] == "issued" else set())

    @invariant()
    def live_is_what_a_fresh_start_sees_and_what_reports_say(self):
        self.live.refresh()
        now = self.desk.now
        snapshot, fresh = self.live.at(now), Live(self.ledger)
        fresh.refresh()
        assert snapshot == fresh.at(now)
        today = self.ledger.today
        month = today.replace(day=1), months_after(today.replace(day=1), 1) - ONE_DAY
        rows = self.rows()
        spans = [(r.started_at, max(now, r.started_at) if r.ended_at is None else r.ended_at) for r in rows]
        for sums, first, last in ((snapshot.today, today, today), (snapshot.month, *month)):
            bounds = self.ledger.own_bounds(first, last)
            inside = [max(0, min(end, bounds.ended_at) - max(begin, bounds.started_at)) for begin, end in spans]
            assert sums.seconds == sum(inside)
            by_day = [
                end - begin if r.day >= first.toordinal() else 0 for r, (begin, end) in zip(rows, spans, strict=True)
            ]
            day, clients = first.toordinal(), self.desk.terms.clients
            reaching = any(billed_groups.reaching(self.ledger.db, slug, day, day) for slug in clients)
            if inside != by_day or reaching:
                continue  # what crosses the night has its money with its time, which no report of billing days has
            reported = reports.rounding(self.ledger, reports.Period(first))
            by_currency = {c: f for c, f in reports.by_currency(reported).items() if any(asdict(f).values())}
            assert {c: f for c, f in sums.figures.items() if any(asdict(f).values())} == by_currency
            owned = reports.ownership(self.ledger, reports.Period(first))
            assert sums.seconds == sum(row.exact_seconds for row in owned)

    @invariant()
    def the_file_refuses_what_would_break_a_statement(self):
        billed = next((r.id for r in self.rows() if r.statement is not None), None)
        if billed is None:
            return
        columns = ", ".join(COLUMNS)
        others = ", ".join("NULL" if c == "statement" else c for c in COLUMNS)
        for sql in (
            f"UPDATE session SET note = 'x' WHERE id = '{billed}'",
            f"UPDATE session SET statement = NULL WHERE id = '{billed}'",
            f"DELETE FROM session WHERE id = '{billed}'",
            f"INSERT OR REPLACE INTO session ({columns}) SELECT {others} FROM session WHERE id = '{billed}'",
            "UPDATE statement SET net_minor = net_minor + 1",
            "DELETE FROM statement",
            "UPDATE billed_group SET billed_minor = 0",
            "DELETE FROM billed_group",
            "DELETE FROM journal_row",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                self.ledger.db.execute(sql)


def work_of(row: SimpleNamespace) -> Work:
    decision = Decision(row.decision) if row.decision else None
    return Work(row.client, row.project, row.note, Channel(row.channel), Scope(row.scope), decision)


def stamp(instant: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(instant, UTC).isoformat()


TestWorkAtTheLedger = Work_at_the_ledger.TestCase
TestWorkAtTheLedger.settings = machine_settings("LEDGER", 20)
