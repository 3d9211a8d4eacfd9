"""Which open documents a line of a bank pays, how sure that is, and why; nothing is booked by it.

The ladder: a number or reference in the text whose open amounts add up to the line is *sure*; so is one known client
with one document of that amount. A number and less money, two or three documents that add up in one way only, the next
instalment, a few units short, or an amount that fits one document of all is *likely*. Else one has to *look*.
Two documents of that amount, two clients in the text, or a document that another line settles are never sure.
Example: `VIR ACME FACT F2026-0042`, 2,300.40 in, 2,300.40 open: sure, by number and amount.
"""

from collections.abc import Iterable, Sequence
from itertools import chain, combinations

from clepsydra.domain.match_proposal import Incoming, Known, Likeness, MatchProposal, MatchReason
from clepsydra.domain.payment_text import Names, PaymentText, squeezed
from clepsydra.domain.receivables import Debt

MOST_SUMMED = 14
"""Open documents of a client beyond which sums of two and three are not looked for: some would fit by chance."""
_SHORT_MINOR, _SHORT_PERCENT = 5000, 3
"""A bank keeps at most so much of a transfer. Minor units of any currency: as many cents, yen or fils are worth some
ten to fifty euros, where 50 yen would be less than any bank takes, and 50 dinars more.
"""


def proposals(lines: Iterable[Incoming], debts: Sequence[Debt], known: Known) -> dict[str, MatchProposal]:
    """A proposal for each line by its id, all looked at together, those of one day in the order in which they come.

    Lines that name what they pay come first, then those that are sure without, then the rest; what one takes is not
    there for the next.
    """
    matcher = Matcher(debts, known)
    found: dict[str, MatchProposal] = {}
    named, others = list[Incoming](), list[Incoming]()
    for line in sorted(lines, key=lambda each: each.day):
        (named if matcher.names_a_document(line) else others).append(line)
    for line in named:
        found[line.id] = matcher.take(line, matcher.propose(line))
    later = list[Incoming]()
    for line in others:
        proposal = matcher.propose(line)
        if proposal.likeness is Likeness.SURE:
            found[line.id] = matcher.take(line, proposal)
        else:
            later.append(line)
    for line in later:
        found[line.id] = matcher.take(line, matcher.propose(line))
    return found


class Matcher:
    """The open documents, indexed once, and what lines have taken of them so far."""

    def __init__(self, debts: Sequence[Debt], known: Known) -> None:
        self._left = {debt.id: debt.open_minor for debt in debts}
        self._settled = {squeezed(mark): number for mark, number in known.settled.items()}
        self._ibans, self._names, self._amounts = known.ibans, Names(known.names), known.amounts
        self._marks: dict[str, list[Debt]] = {}
        self._of_client: dict[tuple[str, str], list[Debt]] = {}
        self._of_amount: dict[tuple[int, str], list[Debt]] = {}
        for debt in debts:
            for mark in {squeezed(debt.number), squeezed(debt.reference)} - {""}:
                self._marks.setdefault(mark, []).append(debt)
            self._of_client.setdefault((debt.client, debt.currency), []).append(debt)
            self._of_amount.setdefault((debt.open_minor, debt.currency), []).append(debt)
        self._all = {mark: mark for mark in chain(self._settled, self._marks)}
        self._lengths = sorted({len(mark) for mark in self._all})

    def names_a_document(self, line: Incoming) -> bool:
        """Whether a number or a reference stands in the line."""
        return bool(_text(line).hits(self._all, self._lengths))

    def take(self, line: Incoming, proposal: MatchProposal) -> MatchProposal:
        """Note what a line would settle, oldest first, and answer its proposal."""
        rest = line.minor
        if proposal.likeness is not Likeness.LOOK:
            for number in proposal.documents:
                for debt in self._marks[squeezed(number)]:
                    taken = min(rest, self._left[debt.id])
                    self._left[debt.id] -= taken
                    rest -= taken
        return proposal

    def propose(self, line: Incoming) -> MatchProposal:
        """The proposal for one line."""
        view = _View(self, line)
        if view.named:
            return self._by_number(view)
        if view.settled:
            return _look((MatchReason.SETTLED,), about=view.settled)
        if len(view.clients) > 1:
            return self._of_several(view)
        return self._by_client(view, *view.clients) if view.clients else self._by_amount(view)

    def _by_number(self, view: "_View") -> MatchProposal:
        debts, line = view.named, view.line
        numbers, clients = tuple(each.number for each in debts), {each.client for each in debts}
        if any(each.currency != line.currency for each in debts):
            return _look((MatchReason.OTHER_CURRENCY,), numbers, numbers)
        if len(clients) > 1:
            return _look((MatchReason.TWO_CLIENTS,), numbers, numbers)
        because = MatchReason.NUMBERS if len(debts) > 1 else MatchReason.NUMBER
        total, left = sum(each.open_minor for each in debts), sum(self._left[each.id] for each in debts)
        client = debts[0].client
        if left <= 0 or (total == line.minor and left < total):
            return _look((MatchReason.PAID_TWICE,), numbers, numbers)
        if total == line.minor:
            doubts = view.doubts(clients, single=len(debts) == 1)
            likeness = Likeness.LIKELY if doubts else Likeness.SURE
            return MatchProposal(numbers, likeness, (because, *doubts), client)
        return self._named_otherwise(view, client, left)

    def _named_otherwise(self, view: "_View", client: str, left: int) -> MatchProposal:
        """A number is named and the amount is another one."""
        debts, line = view.named, view.line
        numbers = tuple(each.number for each in debts)
        exact = [each for each in debts if self._left[each.id] == each.open_minor == line.minor]
        if len(exact) == 1 and len(debts) > 1 and not view.strangers({exact[0].client}):
            return MatchProposal((exact[0].number,), Likeness.LIKELY, (MatchReason.NUMBER,), client, candidates=numbers)
        elsewhere = tuple(each.number for each in view.same if each not in debts)
        if view.strangers({client}):
            return _look((MatchReason.OTHER_CLIENT,), numbers, (*numbers, *elsewhere))
        if elsewhere:
            return _look((MatchReason.OTHER_AMOUNT,), elsewhere, (*numbers, *elsewhere))
        if line.minor > left:
            return _look((MatchReason.MORE,), numbers, numbers, left - line.minor)
        if len(debts) > 1:
            return _look((MatchReason.OTHER_AMOUNT,), numbers, numbers, left - line.minor)
        whole = left == debts[0].open_minor
        because = MatchReason.REST if line.minor == left else MatchReason.PART if whole else MatchReason.REST
        if view.settled:
            return _look((MatchReason.SETTLED,), view.settled, (*numbers, *view.settled))
        return MatchProposal(numbers, Likeness.LIKELY, (because,), client, left - line.minor)

    def _by_client(self, view: "_View", client: str) -> MatchProposal:
        line = view.line
        mine = self._of_client.get((client, line.currency), [])
        exact = [each for each in view.same if each.client == client]
        if len(exact) > 1:
            return _look((MatchReason.ALIKE,), _numbers(exact), _numbers(exact), client=client)
        if exact:
            number = (exact[0].number,)
            if self._left[exact[0].id] < exact[0].open_minor:
                return _look((MatchReason.PAID_TWICE,), number, number, client=client)
            doubts = (MatchReason.ALIKE,) if len(view.same) > 1 else ()
            likeness = Likeness.LIKELY if doubts else Likeness.SURE
            return MatchProposal(number, likeness, (MatchReason.CLIENT, *doubts), client, about=_numbers(view.same))
        if view.same:
            return _look((MatchReason.OTHER_CLIENT,), _numbers(view.same), _numbers(view.same), client=client)
        free = [each for each in mine if self._left[each.id] == each.open_minor]
        parts = self._of_parts(line, client, free)
        before = self._amounts.get((client, line.currency, line.minor), "")
        if parts is None and before:
            return _look((MatchReason.SETTLED,), (before,), _numbers(mine), client=client)
        return parts or _look((MatchReason.NOTHING,), candidates=_numbers(mine), client=client)

    def _of_parts(self, line: Incoming, client: str, free: Sequence[Debt]) -> MatchProposal | None:
        """What of one client fits otherwise than whole: an instalment, a sum, or one less what a bank kept."""
        due = [each for each in free if line.minor in _next_parts(each)]
        if len(due) == 1:
            gap = due[0].open_minor - line.minor
            return MatchProposal(_numbers(due), Likeness.LIKELY, (MatchReason.INSTALMENT,), client, gap)
        sums = sums_of(line.minor, free)
        short = [each for each in free if 0 < each.open_minor - line.minor <= kept_at_most(each.open_minor)]
        if len(sums) == 1 and not due and not short:
            return MatchProposal(_numbers(sums[0]), Likeness.LIKELY, (MatchReason.SUM,), client)
        if len(short) == 1 and not due and not sums:
            gap = short[0].open_minor - line.minor
            return MatchProposal(_numbers(short), Likeness.LIKELY, (MatchReason.SHORT,), client, gap)
        several = _numbers(dict.fromkeys(chain(due, short, *sums)))
        return _look((MatchReason.ALIKE,), several, several, client=client) if several else None

    def _by_amount(self, view: "_View") -> MatchProposal:
        """Nobody is known: the amount alone may fit one document of all."""
        same = view.same
        if len(same) > 1:
            return _look((MatchReason.ALIKE,), _numbers(same), _numbers(same))
        if not same:
            return _look((MatchReason.NOTHING,))
        if self._left[same[0].id] < same[0].open_minor:
            return _look((MatchReason.PAID_TWICE,), _numbers(same), _numbers(same))
        return MatchProposal(_numbers(same), Likeness.LIKELY, (MatchReason.ONLY,), same[0].client)

    def _of_several(self, view: "_View") -> MatchProposal:
        """Two clients stand in the text: at most likely, where the amount is that of one document of one of them."""
        same = [each for each in view.same if each.client in view.clients]
        if len(same) == 1 == len(view.same) and self._left[same[0].id] == same[0].open_minor:
            because = (MatchReason.CLIENT, MatchReason.TWO_CLIENTS)
            return MatchProposal(_numbers(same), Likeness.LIKELY, because, same[0].client)
        return _look((MatchReason.TWO_CLIENTS,), candidates=_numbers(same))

    # -- what a line says

    def found_in(self, text: PaymentText) -> tuple[list[Debt], tuple[str, ...]]:
        """The open documents that a text names, each once, and the settled ones by number."""
        hits = text.hits(self._all, self._lengths)
        debts = {debt.id: debt for hit in hits for debt in self._marks.get(hit.mark, ())}
        settled = (self._settled[hit.mark] for hit in hits if hit.mark not in self._marks)
        return list(debts.values()), tuple(dict.fromkeys(settled))

    def clients_in(self, line: Incoming, text: PaymentText) -> tuple[str, ...]:
        """Who is known to have that account, or stands in the text by name."""
        whose = self._ibans.get(line.iban.replace(" ", "").upper())
        found = self._names.found(text)
        return tuple(dict.fromkeys(([whose] if whose else []) + sorted(found)))

    def of_amount(self, minor: int, currency: str) -> list[Debt]:
        """The documents of which exactly that is open."""
        return self._of_amount.get((minor, currency), [])


class _View:
    """A line as the matcher sees it."""

    def __init__(self, matcher: Matcher, line: Incoming) -> None:
        text = _text(line)
        self.line = line
        self.named, self.settled = matcher.found_in(text)
        self.clients = matcher.clients_in(line, text)
        self.same = matcher.of_amount(line.minor, line.currency)

    def strangers(self, owners: set[str]) -> bool:
        """Whether the line speaks of clients, and of none of those."""
        return bool(self.clients) and not owners & set(self.clients)

    def doubts(self, owners: set[str], *, single: bool) -> tuple[MatchReason, ...]:
        """What keeps a number with its amount from being sure."""
        found = list[MatchReason]()
        if single and len(self.same) > 1:
            found.append(MatchReason.ALIKE)
        if len(self.clients) > 1:
            found.append(MatchReason.TWO_CLIENTS)
        elif self.strangers(owners):
            found.append(MatchReason.OTHER_CLIENT)
        if self.settled:
            found.append(MatchReason.SETTLED)
        return tuple(found)


def sums_of(minor: int, debts: Sequence[Debt]) -> list[tuple[Debt, ...]]:
    """The pairs and triples whose open amounts add up to so much; none where too many would be tried."""
    if len(debts) > MOST_SUMMED:
        return []
    tried = chain(combinations(debts, 2), combinations(debts, 3))
    return [each for each in tried if sum(debt.open_minor for debt in each) == minor]


def kept_at_most(open_minor: int) -> int:
    """How much of a transfer banks may have kept: 3 %, and 5,000 minor units at most (50.00 EUR, 5,000 JPY)."""
    return min(_SHORT_MINOR, open_minor * _SHORT_PERCENT // 100)


def _next_parts(debt: Debt) -> tuple[int, ...]:
    """What the first open instalment of a plan asks, where there is one."""
    return next(((part.open_minor,) for part in debt.parts if part.open_minor), ())


def _text(line: Incoming) -> PaymentText:
    return PaymentText((line.name, line.ref, line.text))


def _numbers(debts: Iterable[Debt]) -> tuple[str, ...]:
    return tuple(each.number for each in debts)


def _look(
    because: tuple[MatchReason, ...],
    about: tuple[str, ...] = (),
    candidates: tuple[str, ...] = (),
    gap_minor: int = 0,
    client: str = "",
) -> MatchProposal:
    return MatchProposal((), Likeness.LOOK, because, client, gap_minor, candidates, about)
