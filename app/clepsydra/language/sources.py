"""Who tells of a happening, as people call it."""

from collections.abc import Iterable

from clepsydra.language.translator import Translator, mark_p

_MAKERS = {
    "android": "Android", "iphone": "iPhone", "asterisk": "Asterisk", "3cx": "3CX", "fritz": "FRITZ!Box",
    "bluetooth": "Bluetooth", "telegram": "Telegram", "whatsapp": "WhatsApp", "zoom": "Zoom", "teams": "Teams",
}  # fmt: skip
"""Names that are the same in every language."""

_WORDS = {
    "operator": mark_p("source", "the operator’s list"),
    "commits": mark_p("source", "the repository"),
    "calendar": mark_p("source", "the calendar"),
    "mail": mark_p("source", "sent mail"),
    "streams": mark_p("source", "heard here"),
    "live": mark_p("source", "the telephone line"),
}


def source_names(sources: Iterable[str], tr: Translator) -> str:
    """Several in a row, with commas; what is none, such as a kind of stream, is left out."""
    named = [_MAKERS.get(each) or (tr.p(*_WORDS[each]) if each in _WORDS else "") for each in sources]
    return ", ".join(filter(None, named))
