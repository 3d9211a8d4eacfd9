"""Which rules may take at once: those whose dry run a person has seen, as the rule stands now.

Kept as a note under a keyed digest of the rule's text, so that another wording has to be seen again, and the log holds
no number and no address of it.
"""

from collections.abc import Iterable

from clepsydra.domain.evidence_rules import EvidenceRule, Take
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import day_closes, evidence

_SIZE = 16
_KIND = "tried"


def tried(ledger: Ledger, client: str, rule: EvidenceRule) -> bool:
    """Whether what the rule would have done was shown and agreed to."""
    subjects = [_subject(client, rule, secret) for secret in evidence.secrets(ledger.db)]
    return bool(day_closes.noted(ledger.db, subjects))


def untried(ledger: Ledger, client: str | None = None) -> list[tuple[str, EvidenceRule]]:
    """The rules that would take at once and wait for their dry run to be seen."""
    return [
        (slug, rule)
        for slug, each in ledger.catalogue.clients.items()
        if each.active and client in (None, slug)
        for rule in each.decide
        if rule.then.take is Take.NOW and not tried(ledger, slug, rule)
    ]


def agree(ledger: Ledger, rules: Iterable[tuple[str, EvidenceRule]]) -> int:
    """Let rules take at once from now on; returns how many did not before."""
    fresh = [(slug, rule) for slug, rule in rules if not tried(ledger, slug, rule)]
    if fresh:
        with ledger.change("let {count} rules take at once", count=len(fresh)):
            secret = evidence.secrets(ledger.db)[0]
            for slug, rule in fresh:
                day_closes.note(ledger.db, _subject(slug, rule, secret), _KIND, ledger.now)
    return len(fresh)


def _subject(client: str, rule: EvidenceRule, secret: bytes) -> str:
    from _blake2 import blake2b  # as in store.ids

    told = f"{client}\0{rule.text}".encode("utf-8", "surrogateescape")
    return f"rule:{blake2b(told, digest_size=_SIZE, key=secret).hexdigest()}"
