"""Currency symbols as readers of each language write them; a currency not listed shows its code."""

from clepsydra.language.shown import table


def symbol(currency: str, lang: str) -> str:
    """How a currency is written beside an amount."""
    return table(lang).symbols.get(currency, currency)
