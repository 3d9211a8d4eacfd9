"""What was collected by rate, whatever is asked, deducted, paid, credited, in whatever order and on whatever day."""

from collections import defaultdict
from contextlib import suppress
from datetime import date
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clepsydra.domain.document import DocumentKind
from clepsydra.domain.document_lines import DocumentLineSort
from clepsydra.ledger.documents import issuing, reading
from clepsydra.ledger.documents.request import InvoiceRequest
from clepsydra.ledger.errors import Refused
from clepsydra.ledger.opening import open_ledger
from clepsydra.ledger.receivables import collecting, crediting
from clepsydra.ledger.receivables.crediting import Credit
from clepsydra.ledger.receivables.receiving import receive
from clepsydra.ledger.verify import verify
from clepsydra.settings.home import Home
from clepsydra.store import receipts as stored
from tests.cli.test_invoices import ACME, SELLER
from tests.ledger.documents.test_books import NOW

DAY = 86_400
LINES = st.lists(st.sampled_from(("1 x1000 A", "1 x333,33 B", "2 x40,05 @red M", "1 x800 @red L", "d60 Dépôt")),
                 min_size=1, max_size=3)  # fmt: skip
WHICH = st.integers(0, 5)
ASKING = st.one_of(
    st.tuples(st.just("invoice"), LINES),
    st.tuples(st.just("deposit"), LINES, st.sampled_from(("30%", "50%", "100%"))),
)
PAYING = st.one_of(
    st.tuples(st.just("pay"), WHICH, st.sampled_from((1, 2400, 50_000))),
    st.tuples(st.just("pay"), WHICH, st.just(0)),
    st.tuples(st.just("day")),
)
CREDITING = st.tuples(st.just("credit"), WHICH, st.sampled_from(("", "1", "2=0,5")))
QUIET = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


class Books:
    """A seller's books, and their clock."""

    def __init__(self, folder):
        home = Home(folder)
        home.ensure()
        home.settings_file.write_text(SELLER)
        home.client_file("acme").write_text(ACME)
        self.now = NOW
        self.ledger = open_ledger(home, {}, lambda: self.now)

    def act(self, what, *how):
        ledger = self.ledger
        claims = [each for each in reading.listed(ledger) if each.kind != "credit"]
        if what == "day":
            self.now += DAY
        elif what in ("invoice", "deposit"):
            issuing.issue(ledger, InvoiceRequest("acme", lines=tuple(how[0]), deposit="".join(how[1:])))
        elif not claims:
            return
        elif what == "pay":
            one = claims[how[0] % len(claims)]
            minor = min(how[1] or one.open_minor, one.open_minor)
            if minor:
                receive(ledger, minor, "EUR", reading.today_of(ledger), [one.number], client="acme")
        else:
            number, typed = claims[how[0] % len(claims)].number, how[1]
            crediting.credit(ledger, Credit(number, (typed,) if typed else ()))

    def acts(self, some):
        for each in some:
            with suppress(Refused):
                self.act(*each)

    def by_day(self):
        """The sums by rate, disbursements and money at the end of each day that moved anything."""
        rates, apart, days = defaultdict(int), defaultdict(int), {}
        for row in collecting.collected(self.ledger):
            for tax in row.taxes:
                rates[tax.rate, "base"] += tax.base_minor
                rates[tax.rate, "tax"] += tax.tax_minor
            apart["laid out"] += row.laid_out_minor
            apart["money"] += row.row.minor
            days[row.row.day] = {**rates, **apart}
        return days


def whole(sums):
    return sum(minor for name, minor in sums.items() if name != "money")


@QUIET
@given(st.lists(st.one_of(ASKING, PAYING, CREDITING), min_size=3, max_size=12))
def test_no_rate_is_below_zero_on_any_day_and_all_is_what_came_in(tmp_path_factory, acts):
    books = Books(tmp_path_factory.mktemp("books") / "home")
    books.acts(acts)
    for sums in books.by_day().values():
        assert all(minor >= 0 for minor in sums.values()), sums
        assert whole(sums) == sums["money"]
    received = sum(each.minor for each in stored.select(books.ledger.db))
    credit = sum(stored.credits(books.ledger.db).values())
    assert sum(row.row.minor for row in collecting.collected(books.ledger)) == received - credit
    rows = collecting.collected(books.ledger)
    for day in {row.row.day for row in rows}:
        since = [row for row in rows if row.row.day >= day]
        assert collecting.collected(books.ledger, date.fromordinal(day)) == since, "a part is a part of the whole"
    assert verify(books.ledger) == []
    books.ledger.db.close()


def documents(books):
    """The bases and taxes of all documents by rate, less credit notes and less what invoices deduct of deposits; and of
    how many deposits a part is left, which is told to the cent.
    """
    rates, parts = defaultdict(int), 0
    taken = defaultdict(int)
    all_ = [reading.show(books.ledger, each.number) for each in reading.listed(books.ledger)]
    for document in all_:
        for each in document.prepaid if document.kind is DocumentKind.INVOICE else ():
            taken[each.number] += each.minor
    for document in all_:
        sign = -1 if document.kind is DocumentKind.CREDIT else 1
        rest = Fraction(document.total_minor - taken[document.number], document.total_minor) * sign
        parts += 0 < abs(rest) < 1
        laid_out = sum(line.net_minor for line in document.lines if line.sort is DocumentLineSort.DISBURSEMENT)
        rates["laid out"] += rest * laid_out
        for tax in document.taxes:
            rates[tax.rate, "base"] += rest * (tax.base_minor - (laid_out if not tax.rate else 0))
            rates[tax.rate, "tax"] += rest * tax.tax_minor
    return rates, parts


@QUIET
@given(st.lists(st.one_of(ASKING, PAYING), min_size=2, max_size=10))
def test_what_is_paid_wholly_is_what_the_documents_say(tmp_path_factory, acts):
    books = Books(tmp_path_factory.mktemp("books") / "home")
    books.acts(acts)
    for each in reading.listed(books.ledger):
        if each.open_minor:
            receive(books.ledger, each.open_minor, "EUR", reading.today_of(books.ledger), [each.number], client="acme")
    told = list(books.by_day().values())[-1:]
    rates, parts = documents(books)
    for name, minor in rates.items():
        assert abs((told[0] if told else {}).get(name, 0) - minor) <= parts, name
    books.ledger.db.close()
