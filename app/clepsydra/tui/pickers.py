"""Pickers that several screens open: for whom something is meant."""

from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.settings.client_keystrokes import in_order
from clepsydra.tui.base_app import BaseApp
from clepsydra.tui.dialogs import Picker
from clepsydra.tui.present import main as present
from clepsydra.tui.widgets.client_list import ClientRow


def place_picker(base_app: BaseApp, title: str, *, own: bool = True, typed: str = "") -> Picker:
    """A picker of every client and project there is work for; `own` work too, unless it cannot be meant."""
    rows, tr = [], base_app.tr
    key_of = {slug: key for key, slug in base_app.client_keys().items()}
    for client in in_order(base_app.catalogue.clients.values()):
        if not client.active or (client.own and not own):
            continue
        name = present.client_name(client, tr)
        rows.append(ClientRow(slug=client.slug, name=name, key=key_of.get(client.slug, "")))
        rows += [
            ClientRow(slug=f"{client.slug}/{project.slug}", name=f"{name} · {project.name or project.slug}")
            for project in client.projects
            if project.slug != DEFAULT_PROJECT
        ]
    return Picker(title, rows, tr.t("type a name, or press a key"), tr.t("no client of that name"), typed)
