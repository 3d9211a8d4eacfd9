"""What invoices of all clients lack, before one is issued."""

from clepsydra.domain.terms import BuyerTerms, InvoiceTerms
from clepsydra.ledger.documents.drafting import terms_of
from clepsydra.ledger.documents.missing import MissingField, missing
from clepsydra.ledger.ledger import Ledger


def lacking(ledger: Ledger) -> list[MissingField]:
    """What invoices lack of the clients whose files say anything of them, each thing once; nothing for who names no
    country of their own.
    """
    seller, found = ledger.settings.seller, dict[MissingField, None]()
    if not seller.country:
        return []
    for client in ledger.catalogue.clients.values():
        meant = client.buyer != BuyerTerms() or client.invoice != InvoiceTerms()
        if client.active and meant and client.invoiced_here:
            terms = terms_of(ledger, client.slug, None)
            found |= dict.fromkeys(missing(seller, client, terms.country, reason=terms.taxing.reason))
    return list(found)
