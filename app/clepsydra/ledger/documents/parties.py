"""Seller and buyer as a document freezes them, from the settings and the client's file."""

from clepsydra.domain.check_digits import compact
from clepsydra.domain.document import Party
from clepsydra.domain.terms import Client
from clepsydra.exchange.invoice.parties import EU
from clepsydra.settings.countries import Country
from clepsydra.settings.model import Seller


def seller_party(seller: Seller) -> Party:
    """Who sells; a French number of an establishment gives the company's."""
    vat = "" if seller.regime == "franchise" else seller.vat
    return Party(
        name=seller.name, country=seller.country[:2], address=seller.address, street=seller.street,
        postcode=seller.postcode, city=seller.city, form=seller.form, capital=seller.capital,
        register=seller.register, siren=seller.siren or seller.siret[:9], siret=seller.siret, vat=vat,
        tax_id=seller.tax_id, email=seller.email, phone=seller.phone, routing=seller.routing,
        iban=compact(seller.iban), bic=compact(seller.bic), account_name=seller.account_name,
    )  # fmt: skip


def buyer_party(client: Client) -> Party:
    """Who buys."""
    buyer = client.buyer
    return Party(
        name=client.name, slug=client.slug, country=buyer.country[:2], address=client.address,
        street=buyer.street, postcode=buyer.postcode, city=buyer.city, siren=buyer.siren, vat=buyer.vat,
        email=buyer.email, attention=buyer.attention, routing=buyer.routing, kind=buyer.kind,
    )  # fmt: skip


def profile_of(client: Client, seller: Seller, country: Country) -> str:
    """Which electronic invoice goes out: the client's choice, else what both countries want; a consumer reads a PDF,
    and so does who is outside the Union.
    """
    if client.invoice.profile:
        return client.invoice.profile
    abroad = client.buyer.country and client.buyer.country[:2] not in EU
    if client.buyer.kind == "consumer" or abroad:
        return "pdf"
    if country.profile and (country.profile != "peppol" or client.buyer.country == "BE"):
        return country.profile
    return "facturx" if seller.country in EU else "pdf"
