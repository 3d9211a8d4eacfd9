"""Which tax a line carries: the client's, one named by its key, or none with the reason why."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.taxes import DISBURSEMENT, Category, TaxPart, TaxRule
from clepsydra.domain.terms import Client
from clepsydra.exchange.invoice.parties import EU
from clepsydra.ledger.errors import Refused
from clepsydra.settings.countries import Country, country
from clepsydra.settings.invoicing import NO_TAX, STANDARD_TAX
from clepsydra.settings.model import Seller, Settings
from clepsydra.store import given_numbers

if TYPE_CHECKING:
    from clepsydra.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Taxing:
    """The taxes of one seller for one client on one day."""

    seller: Seller
    client: Client
    country: Country
    own: tuple[TaxRule, ...]
    day: date

    @property
    def keys(self) -> tuple[str, ...]:
        """What `@key` may name."""
        return tuple(dict.fromkeys(rule.key for rule in (*self.own, *self.country.taxes)))

    @property
    def reason(self) -> str:
        """Why no tax is charged: franchise, reverse, export; empty where it is."""
        seller, buyer = self.seller.country[:2], self.client.buyer
        if self.seller.regime == "franchise":
            return "export" if self._beyond_the_union else "franchise"
        if self.client.invoice.reverse_charge:
            return "reverse"
        if not seller or not buyer.country or buyer.country[:2] == seller or self.client.statement.tax:
            return ""
        if buyer.kind == "consumer":
            return ""
        if buyer.country[:2] in EU and seller in EU:
            return "reverse" if buyer.vat else ""
        return "export"

    @property
    def _beyond_the_union(self) -> bool:
        """Whether work is taxed, if anywhere, where a client outside the Union is: then no franchise is the reason."""
        seller, buyer = self.seller.country[:2], self.client.buyer
        away = bool(buyer.country) and buyer.country[:2] not in EU
        return away and seller in EU and buyer.kind != "consumer" and "export" in self.country.exemptions

    def services(self) -> TaxRule:
        """The tax of the client's work; raises `Refused` where its key is unknown."""
        if self.reason:
            return self._exempt(self.reason)
        key, percent = self.client.invoice.tax, self.client.statement.tax
        if key and (key != NO_TAX or self._holding(key)):
            return self.keyed(key)
        if percent:
            return self._of_rate(percent)
        standard = self._holding(STANDARD_TAX)
        if standard and self.seller.vat and key != NO_TAX:
            return standard
        return TaxRule(NO_TAX, (), Category.OUTSIDE if self.seller.country not in EU else Category.ZERO)

    def keyed(self, key: str) -> TaxRule:
        """The rule of a key on that day; none is charged where the seller or the place says so.

        Raises `Refused` where there is no tax of that key.
        """
        rule = self._holding(key)
        if rule is None:
            raise Refused("there is no tax “{key}” on {day}; there are: {keys}", key=key, day=self.day.isoformat(),
                          keys=", ".join(self.keys) or "–")  # fmt: skip
        if self.reason and rule.category is Category.STANDARD:
            return self._exempt(self.reason)
        return rule

    def disbursement(self) -> TaxRule:
        """What is paid in the client's name: outside the tax."""
        rule = self.country.exemptions.get("disbursement", DISBURSEMENT)
        return replace(rule, key="disbursement")

    def _exempt(self, reason: str) -> TaxRule:
        """The rule of what is not charged; who has no VAT number gives the reason as one exempt from it."""
        default = {"franchise": Category.EXEMPT, "reverse": Category.REVERSE, "export": Category.EXPORT}[reason]
        rule = replace(self.country.exemptions.get(reason, TaxRule(reason, (), default)), key=reason)
        unregistered = reason == "export" and self.seller.regime == "franchise"
        return replace(rule, category=Category.EXEMPT, code="") if unregistered else rule

    def _holding(self, key: str) -> TaxRule | None:
        found = [r for r in (*self.country.taxes, *self.own) if r.key == key and r.since <= self.day]
        return found[-1] if found else None

    def _of_rate(self, percent: Decimal) -> TaxRule:
        """The rule of that rate, of the country or the person; a rule of its own where none has it."""
        held = [rule for key in self.keys if (rule := self._holding(key)) is not None]
        same = [rule for rule in held if rule.rate == percent and rule.category is Category.STANDARD]
        name = held[0].parts[0].name if held and held[0].parts else "TVA"
        return same[0] if same else TaxRule(f"{percent.normalize():f}", (TaxPart(name, percent),))


def taxing(settings: Settings, client: Client, country: Country, day: date) -> Taxing:
    """The taxes of the person's settings for a client."""
    return Taxing(settings.seller, client, country, settings.taxes, day)


def rules_of(ledger: "Ledger") -> Country:
    """The rules of the seller's country; raises `Refused` where the person's own file of them cannot be read."""
    try:
        return country(ledger.settings.seller.country, given_numbers.folder_of(ledger.db))
    except ValueError as error:
        raise Refused("the rules of the country cannot be read: {error}", error=str(error)) from error


def tax_key(ledger: "Ledger", typed: str) -> str:
    """The key of a tax of the seller, `std` in any country, or `none`, as it was typed; raises `Refused` where there is
    no such tax.
    """
    rules = (*ledger.settings.taxes, *rules_of(ledger).taxes)
    keys = dict.fromkeys((STANDARD_TAX, *(rule.key for rule in rules), NO_TAX))
    if typed not in keys:
        raise Refused("“{word}” is not a tax; --tax takes: {keys}", word=typed[:60], keys=", ".join(keys))
    return typed
