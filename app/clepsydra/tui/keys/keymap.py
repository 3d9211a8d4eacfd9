"""Which keys do what: the table's own keys, and the person's over them, checked before Textual sees them.

Textual accepts unknown ids and keys and lets one binding silently take another's key, so all of that is checked here.
"""

from collections.abc import Iterable, Mapping

from textual.keys import Keys, key_to_character

from clepsydra.domain.records import dataclass
from clepsydra.domain.terms import Client
from clepsydra.language.message import KeysById, Message, message
from clepsydra.language.nearest import nearest
from clepsydra.tui.keys.names import NAMES, key_name
from clepsydra.tui.keys.table import ACTIONS, BY_ID, Action, ScreenName, at, together

NO_LETTERS: Mapping[str, tuple[str, ...]] = {}


@dataclass(frozen=True)
class Keymap:
    """Keys by action id, and what was wrong in the person's own table."""

    keys: Mapping[str, tuple[str, ...]]
    problems: tuple[Message, ...]

    def of(self, action: Action) -> tuple[str, ...]:
        """The keys of an action."""
        return self.keys[action.id]

    def shown(self, action: Action) -> str:
        """The first key of an action as it is printed on the screen; empty when it has none."""
        keys = self.of(action)
        return key_name(keys[0]) if keys else ""

    def names(self) -> KeysById:
        """What is printed for each action by its id; one without a key is found among the commands."""
        return KeysById({a.id: self.shown(a) or self.shown(BY_ID["app.palette"]) for a in ACTIONS})

    def remapped(self) -> dict[str, str]:
        """The keys that are not the table's own, as Textual takes them: it lays each over all bindings of the screen
        anew at every key that is pressed, so none is given that changes nothing.
        """
        return {id_: ",".join(keys) for id_, keys in self.keys.items() if keys != BY_ID[id_].keys}

    def taken(self, screen: ScreenName) -> set[str]:
        """Every key that does something on a screen."""
        return {key for action in at(screen) for key in self.of(action)}


def is_key(key: str) -> bool:
    """Whether Textual could ever send this key."""
    name = key.rsplit("+", 1)[-1]
    known = {k.value for k in Keys}
    if len(name) == 1 or name in known or key in known or name in NAMES:
        return True
    return key_to_character(name) is not None


def build(own: Mapping[str, tuple[str, ...]], letters: Mapping[str, tuple[str, ...]] = NO_LETTERS) -> Keymap:
    """The key map with the person's keys in force, over the `letters` of a language; what cannot be is told."""
    keys = {action.id: letters.get(action.id, action.keys) for action in ACTIONS}
    problems: list[Message] = []
    for id_, wanted in own.items():
        action = BY_ID.get(id_)
        if action is None:
            problems.append(
                message("[keys] has no action “{id}”; nearest: {near}", id=id_, near=nearest(id_, BY_ID) or "–")
            )
            continue
        bad = [key for key in wanted if not is_key(key)]
        if bad:
            problems.append(message("[keys] {id}: “{key}” is not a key", id=id_, key=bad[0]))
            continue
        clash = _clash(action, wanted, keys)
        if clash:
            problems.append(message("[keys] {id}: “{key}” already is {other}", id=id_, key=clash[0], other=clash[1]))
            continue
        keys[id_] = tuple(wanted)
    return Keymap(keys, tuple(problems))


def displaced(keymap: Keymap, clients: Iterable[Client]) -> tuple[tuple[Client, Message], ...]:
    """The clients whose own key does something else on the main screen, where a digit starts them instead."""
    owners = {key: action.id for action in at(ScreenName.MAIN) for key in keymap.of(action)}
    return tuple(
        (
            client,
            message(
                "key “{key}” of {client} is {action} on the main screen, so a digit starts {client}; change it in "
                "clients/{slug}.toml or in [keys]",
                key=client.key, client=client.name or client.slug, action=owners[client.key], slug=client.slug,
            ),
        )
        for client in clients
        if client.key in owners
    )  # fmt: skip


def _clash(action: Action, wanted: tuple[str, ...], keys: Mapping[str, tuple[str, ...]]) -> tuple[str, str] | None:
    for other in ACTIONS:
        if other is not action and together(other, action.screen):
            for key in wanted:
                if key in keys[other.id]:
                    return key, other.id
    return None
