"""A postal address as the lines that stand on a document, whichever way it was given."""


def as_lines(whole: str, street: str, postcode: str, city: str) -> str:
    """The whole text where there is one, else its parts: the street, then postcode and town on a line."""
    town = " ".join(part for part in (postcode, city) if part)
    return whole or "\n".join(line for line in (street, town) if line)
