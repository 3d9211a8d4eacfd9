"""Keys as people write them; nothing of the screen is needed to say them."""

NAMES = {
    "space": "␣", "enter": "⏎", "escape": "esc", "question_mark": "?", "slash": "/", "delete": "del", "plus": "+",
    "minus": "-", "full_stop": ".", "comma": ",", "backspace": "⌫", "left": "←", "right": "→",
    "up": "↑", "down": "↓", "pageup": "pgup", "pagedown": "pgdn", "asterisk": "*", "tilde": "~", "equals_sign": "=",
}  # fmt: skip


def key_name(key: str) -> str:
    """A key as people write it: `question_mark` is “?”, `ctrl+r` is “^r”."""
    if key.startswith("ctrl+"):
        return "^" + key[5:]
    if key.startswith("shift+"):
        return "⇧" + key_name(key[6:])
    return NAMES.get(key, key)


def typed_name(key: str) -> str:
    """The same for a page without drawn keys: `space` stays a word."""
    name = key_name(key)
    return name if name.isascii() else key
