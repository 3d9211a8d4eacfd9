"""Kinds of what closes a debt, in words."""

from clepsydra.domain.allocation import AllocationKind
from clepsydra.language.translator import Translator, mark_p

_KINDS = {
    AllocationKind.PAYMENT: mark_p("allocation", "payment"),
    AllocationKind.DEPOSIT: mark_p("allocation", "deposit"),
    AllocationKind.CREDIT: mark_p("allocation", "credit"),
    AllocationKind.FEE: mark_p("allocation", "fee"),
    AllocationKind.FX: mark_p("allocation", "exchange difference"),
    AllocationKind.DISCOUNT: mark_p("allocation", "early-payment discount"),
    AllocationKind.WITHHELD: mark_p("allocation", "tax withheld"),
    AllocationKind.WRITEOFF: mark_p("allocation", "written off"),
    AllocationKind.CHARGES: mark_p("allocation", "late charges"),
}


def allocation_kind(kind: str, tr: Translator) -> str:
    """What closes a part of a debt."""
    return tr.p(*_KINDS[AllocationKind(kind)])
