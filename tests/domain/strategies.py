"""What the domain's tests draw from: zones with awkward clocks, rules of every model, clients and their sessions."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from clepsydra.domain.civil import civil_day
from clepsydra.domain.interval import Interval
from clepsydra.domain.rounding import Edge, GroupScope, Midnight, Model, RoundingRule, Tie
from clepsydra.domain.session import Channel, Decision, Scope, Session
from clepsydra.domain.statement_terms import LineKind, StatementTerms
from clepsydra.domain.terms import Client, DatedRule, Project, Rate
from tests.clock import PARIS, at

ZONES = [
    ZoneInfo(name)
    for name in (
        "Europe/Paris",
        "Australia/Lord_Howe",  # half an hour of daylight saving
        "Asia/Kathmandu",  # 5 h 45 from UTC
        "Pacific/Apia",  # had no 30 December 2011
        "America/St_Johns",  # once set its clocks back at 00:01
        "America/Sao_Paulo",  # once had days without a midnight
        "UTC",
    )
]
STEPS = (1, 36, 60, 300, 360, 420, 900, 1800, 3600, 7200)


def stretch(begin: str, end: str, zone: ZoneInfo = PARIS) -> Interval:
    """The stretch between two wall times."""
    return Interval(at(begin, zone), at(end, zone))


zones = st.sampled_from(ZONES)
starts = st.sampled_from([time(0), time(0), time(2, 30), time(4), time(23, 45)])
EPOCH = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
# Half of the instants fall in the days around changes of the clocks in Paris and Lord Howe.
instants = st.one_of(
    st.integers(EPOCH, EPOCH + 366 * 86_400),
    st.integers(at("2026-03-28 12:00"), at("2026-03-30 00:00")),
    st.integers(at("2026-10-24 12:00"), at("2026-10-26 00:00")),
    st.integers(at("2026-04-04 00:00"), at("2026-04-06 00:00")),
    st.integers(at("2011-12-28 00:00"), at("2012-01-02 00:00")),
)
lengths = st.one_of(
    st.integers(0, 4 * 3600), st.sampled_from([0, 1, 450, 899, 900, 901, 3600, 3601]), st.integers(0, 40 * 3600)
)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """A stretch of up to forty hours."""
    begin = draw(instants)
    return Interval(begin, begin + draw(lengths))


@st.composite
def rules(draw: st.DrawFn, scope: GroupScope | None = None, model: Model | None = None) -> RoundingRule:
    """A sound rule of any model, scope and option, but for those that are given."""
    model = model or draw(st.sampled_from(Model))
    step = draw(st.sampled_from(STEPS))
    minimum = draw(st.one_of(st.none(), st.sampled_from([60, 900, 1800])))
    maximum = draw(st.one_of(st.none(), st.sampled_from([1800, 7200, 28_800])))
    bounds = sorted(draw(st.lists(st.integers(1, 30_000), max_size=3, unique=True)))
    billed = sorted(draw(st.lists(st.integers(0, 40_000), min_size=len(bounds) + 1, max_size=len(bounds) + 1)))
    return RoundingRule(
        model=model,
        step=step,
        scope=scope or draw(st.sampled_from(GroupScope)),
        minimum=minimum,
        maximum=maximum,
        tie=draw(st.sampled_from(Tie)),
        grace=draw(st.integers(0, step)),
        grace_first=draw(st.booleans()),
        first=draw(st.sampled_from([None, 30, 900, 3600])),
        begin=draw(st.sampled_from(Edge)),
        finish=draw(st.sampled_from(Edge)),
        tiers=tuple(zip([*bounds, None], billed, strict=True)),
        flat=draw(st.sampled_from([0, 720, 1080])),
        midnight=draw(st.sampled_from(Midnight)),
    )


dated = st.dates(date(2025, 6, 1), date(2026, 12, 31))
amounts = st.decimals(min_value=0, max_value=500, places=2)


@st.composite
def rates(draw: st.DrawFn) -> tuple[Rate, ...]:
    """Up to three dated rates, some with their own price for calls."""
    days = sorted(draw(st.lists(dated, max_size=3, unique=True)))
    return tuple(
        Rate(day, draw(amounts), ((Channel.CALL, draw(amounts)),) if draw(st.booleans()) else ()) for day in days
    )


@st.composite
def dated_rules(draw: st.DrawFn) -> tuple[DatedRule, ...]:
    """Up to four dated rules, some for calls and messages only."""
    days = sorted(draw(st.lists(dated, max_size=4)))
    some = st.sampled_from([None, None, frozenset({Channel.CALL, Channel.MESSAGE})])
    return tuple(DatedRule(day, draw(rules()), draw(some)) for day in days)


@st.composite
def clients(draw: st.DrawFn) -> Client:
    """A client with a default project and one of its own terms."""
    return Client(
        slug="acme",
        name="Acme",
        currency=draw(st.sampled_from(["EUR", "JPY", "TND"])),
        zone=draw(zones),
        rates=draw(rates()),
        rounding=draw(dated_rules()),
        projects=(Project("api", "API", rates=draw(rates()), rounding=draw(dated_rules())),),
        statement=StatementTerms(
            lines=draw(st.sampled_from(LineKind)), tax=draw(st.sampled_from([Decimal(0), Decimal("5.5"), Decimal(20)]))
        ),
    )


@st.composite
def sessions_of(draw: st.DrawFn, client: Client, ident: str) -> Session:
    """A session of that client."""
    span = draw(intervals())
    scope = draw(st.sampled_from(Scope))
    return Session(
        id=ident,
        client=client.slug,
        project=draw(st.sampled_from(["default", "api"])),
        channel=draw(st.sampled_from([Channel.WORK, Channel.CALL, Channel.MESSAGE])),
        started_at=span.started_at,
        ended_at=span.ended_at,
        zone=client.zone.key,
        day=civil_day(span.started_at, client.zone).toordinal(),
        scope=scope,
        decision=draw(st.sampled_from(Decision)) if scope is Scope.OUT else None,
        note=draw(st.sampled_from(["", "login", "review"])),
        agreed_seconds=draw(st.one_of(st.none(), st.none(), st.integers(0, 20_000))),
        statement=draw(st.sampled_from([None, None, 7])),
    )


@st.composite
def books(draw: st.DrawFn) -> tuple[Client, list[Session]]:
    """A client and some of its sessions."""
    client = draw(clients())
    n = draw(st.integers(0, 8))
    return client, [draw(sessions_of(client, f"s{i}")) for i in range(n)]
