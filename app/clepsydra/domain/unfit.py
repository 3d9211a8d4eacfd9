"""Where an edit of an agreement no longer fits what was billed of it: nothing more is billed until it does."""

from datetime import date

from clepsydra.domain.agreement import by_the_hour, for_the_whole
from clepsydra.domain.agreement_view import AgreementView
from clepsydra.domain.caps import cap_account
from clepsydra.domain.claims import ClaimKind
from clepsydra.domain.fees import fixed_account, overage_taken, periods_of
from clepsydra.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class Unfit:
    """An agreement as edited that owes less than live statements have taken: nothing more is billed until it fits.

    Minor units; `item` names a part that is gone, empty where several make the difference. For hours of a retainer
    `seconds` are those taken too much.
    """

    kind: ClaimKind
    item: str
    since: date
    owed: int = 0
    taken: int = 0
    seconds: int = 0


def unfit(view: AgreementView) -> list[Unfit]:
    """Where an edit of the agreement no longer fits what was billed of it."""
    found = []
    for contract, until in view.versions(by_the_hour):
        owed = cap_account(view, contract, until)
        if owed.over:
            found.append(Unfit(ClaimKind.CAP, "", contract.since, owed.cap or 0, owed.asked))
    for contract, until in view.versions(for_the_whole):
        parts = fixed_account(view, contract, until)
        if parts.over:
            taken = sum(part.taken for part in parts.parts) + sum(claim.minor for claim in parts.stray)
            gone = parts.stray[0].item if parts.stray else ""
            worth = sum(part.minor for part in parts.parts)
            found.append(Unfit(ClaimKind.PART, gone, contract.since, worth, taken))
    return found + _unfit_periods(view)


def _unfit_periods(view: AgreementView) -> list[Unfit]:
    claims = [claim for claim in view.mine if claim.kind in (ClaimKind.PERIOD, ClaimKind.OVERAGE)]
    if not claims:
        return []
    used, found = view.worked.ever or view.worked.used, []
    for period in periods_of(view, used, max([view.last, *(claim.last for claim in claims)])):
        more = overage_taken(view, period) - period.over
        fee = period.fee_minor(view.client.currency)
        asked = sum(claim.minor for claim in view.claimed(ClaimKind.PERIOD, period.first, period.last))
        if asked > fee:
            found.append(Unfit(ClaimKind.PERIOD, "", period.first, fee, asked))
        if more > 0:
            found.append(Unfit(ClaimKind.OVERAGE, "", period.first, seconds=more))
    return found
