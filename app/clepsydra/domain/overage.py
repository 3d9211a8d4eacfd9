"""Where included time ends inside a period: the latest groups are cut into what the fee covers and what lies beyond.

What lies beyond is one billing group for each project, rate and rule of a period, priced once, so that two hours beyond
are two hours of the rate to the cent however many sessions they were.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from clepsydra.domain.agreement import Burn, Contract
from clepsydra.domain.billing import Figures, Group, Piece, figures
from clepsydra.domain.money import share
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.terms import holding

_OVER = "over "

Part = tuple[int, int]
"""Exact and billed seconds of a group beyond what was included."""


@dataclass(frozen=True, slots=True)
class Beyond:
    """The groups of overage, and what each group they were cut from gave to them, by its anchor."""

    groups: tuple[Group, ...] = ()
    parts: Mapping[str, Part] | None = None

    def within(self, group: Group) -> Figures:
        """A group's figures without what lies beyond."""
        part = (self.parts or {}).get(anchor(group))
        if part is None:
            return group.figures
        exact, billed = group.figures.exact_seconds - part[0], max(0, group.figures.billed_seconds - part[1])
        return figures(exact, billed, billed, group.key.hourly, group.currency)


def anchor(group: Group) -> str:
    """What tells the groups of one statement apart."""
    return f"{group.pieces[0].session.id} {group.pieces[0].span.started_at}"


def is_overage(group: Group) -> bool:
    """Whether a group is what `cut` made."""
    return group.key.anchor.startswith(_OVER)


def burn_of(contracts: Sequence[Contract], group: Group) -> Burn:
    """How a group consumes its agreement: as the version says that held on its day."""
    contract = holding(contracts, group.day)
    return Burn.BILLED if contract is None else contract.burn


def burnt(contracts: Sequence[Contract], group: Group) -> int:
    """The seconds a group takes from its agreement."""
    exact = burn_of(contracts, group) is Burn.EXACT
    return group.figures.exact_seconds if exact else group.figures.billed_seconds


def overage_rate(contract: Contract, normal: Decimal) -> Decimal:
    """What an hour beyond the included ones is billed at, in major units: the normal rate where nothing was agreed."""
    return normal if contract.overage_hourly is None else contract.overage_hourly


def cut(contracts: Sequence[Contract], terms: Contract, first: date, groups: Sequence[Group], over: int) -> Beyond:
    """Cut the latest `over` seconds, as the contracts burn them, off a period's groups.

    `first` is the period's first day; `terms` are those of its last, which say what is billed beyond.
    """
    parts: dict[str, Part] = {}
    bundles: dict[tuple[object, ...], list[Group]] = {}
    left = over
    for group in reversed(groups):
        taken = min(left, burnt(contracts, group))
        if taken:
            left -= taken
            parts[anchor(group)] = _split(group, burn_of(contracts, group), taken)
            rate = overage_rate(terms, group.key.hourly)
            bundles.setdefault((group.key.project, rate, group.key.rule), []).insert(0, group)
    return Beyond(tuple(_joined(terms, first, bundle, parts) for bundle in bundles.values()), parts)


def _split(group: Group, burn: Burn, taken: int) -> Part:
    """What of a group's exact and billed time is the last `taken` seconds of what it consumed."""
    if burn is Burn.EXACT:
        return taken, taken
    billed = group.figures.billed_seconds
    return share(group.figures.exact_seconds, (billed - taken, taken))[1], taken


def _joined(contract: Contract, first: date, bundle: Sequence[Group], parts: Mapping[str, Part]) -> Group:
    """One billing group of overage; its pieces are whole sessions, as the log has them."""
    key = bundle[0].key
    rate = overage_rate(contract, key.hourly)
    exact, billed = (sum(parts[anchor(group)][n] for group in bundle) for n in (0, 1))
    whole = {p.session.id: Piece(p.session, p.session.span(0), p.day) for g in bundle for p in reversed(g.pieces)}
    pieces = sorted(whole.values(), key=lambda piece: (piece.span.started_at, piece.session.id))
    return Group(
        key=replace(key, hourly=rate, anchor=f"{_OVER}{first}"),
        currency=bundle[0].currency,
        pieces=tuple(pieces),
        rule_seconds=billed,
        agreed=False,
        figures=figures(exact, billed, billed, rate, bundle[0].currency),
    )
