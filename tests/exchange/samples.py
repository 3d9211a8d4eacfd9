"""Statements to export in tests."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from clepsydra.domain.billing import counters
from clepsydra.domain.figures import Figures, line_figures
from clepsydra.domain.rounding import Model, RoundingRule
from clepsydra.domain.session import Channel, Decision, Scope
from clepsydra.domain.statement import Line, LineSort, Statement, StatementState, tax_on
from clepsydra.settings.model import Seller

QUARTERS = RoundingRule(Model.UP, step=900)
TENTHS = RoundingRule(Model.NEAREST, step=360)

SELLER = Seller(
    name="Camille Moreau EI",
    address="3, quai de la Fosse\n44000 Nantes",
    email="camille@example.org",
    tax_id="SIRET 812 345 678 00012",
    mentions=("TVA sur les débits",),
)


def line(note: str = "Workshop", exact: int = 4000, billed: int = 4500, day: int = 2, **changes) -> Line:
    base = Line(
        sort=LineSort.TIME,
        project="api",
        project_name="API rewrite",
        channel=Channel.WORK,
        note=note,
        first_day=date(2026, 11, day),
        last_day=date(2026, 11, day),
        scope=Scope.IN,
        decision=None,
        hourly=Decimal("120.00"),
        rule=QUARTERS,
        agreed=False,
        figures=line_figures(counters(exact, billed, billed), Decimal(120), "EUR"),
        sessions=("01A",),
    )
    return replace(base, **changes)


def statement(*lines: Line, **changes) -> Statement:
    lines = lines or (line(), line("Call", 1200, 900, 3, channel=Channel.CALL, scope=Scope.OUT, decision=Decision.BILL))
    totals = sum((each.figures for each in lines if each.sort is not LineSort.INCLUDED), Figures())
    base = Statement(
        client="acme",
        client_name="Acme SARL",
        client_address="12, rue des Lilas\n69003 Lyon",
        currency="EUR",
        language="fr",
        zone="Europe/Paris",
        first_day=date(2026, 11, 1),
        last_day=date(2026, 11, 30),
        lines=lines,
        totals=totals,
        tax=Decimal("20.0"),
        tax_minor=tax_on(totals.billed_minor, Decimal(20)),
        state=StatementState.ISSUED,
        number="2026-0042",
        issued_at=1_796_112_000,
        due_on=date(2026, 12, 31),
    )
    return replace(base, **changes)


PREVIEW = {"state": StatementState.PREVIEW, "number": "", "issued_at": None, "due_on": None}
