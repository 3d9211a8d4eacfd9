"""What the palette knows: every action of every screen, settings, clients, files; by their names, and by other words
for them, in each language the program speaks.
"""

from collections.abc import Iterator, Mapping

from clepsydra.language.translator import LANGUAGES, mark, translator
from clepsydra.tui.base_app import BaseApp
from clepsydra.tui.keys.table import ACTIONS, BY_ID, SHARED, Action, ScreenName, opener
from clepsydra.tui.present.settings import FIELDS
from clepsydra.tui.widgets.client_list import ClientRow


def _way(screen: ScreenName) -> tuple[str, ...]:
    if screen is ScreenName.MAIN:
        return ()
    first = opener(screen)
    return (*_way(first.screen), first.id)


WAYS: Mapping[ScreenName, tuple[str, ...]] = {
    screen: _way(screen) for screen in ScreenName if screen not in (*SHARED, ScreenName.MAIN)
}
"""The actions that lead from the main screen to each other one."""

SYNONYMS: Mapping[str, str] = {
    "timer.toggle": mark("stop start pause resume timer clock"),
    "timer.switch": mark("change client project"),
    "timer.back-date": mark("started earlier forgot"),
    "call.hand": mark("phone telephone"),
    "touch.message": mark("mail email chat quick answer"),
    "touch.fix": mark("small work support"),
    "session.scope": mark("extra not agreed supplement"),
    "session.add": mark("new entry manual forgot meeting travel"),
    "session.line": mark("quick entry type text"),
    "session.note": mark("comments description"),
    "session.write-off": mark("write-off do not bill free gift"),
    "session.remove": mark("delete"),
    "client.new": mark("customer add create"),
    "go.calls": mark("inbox phone mails detected"),
    "go.log": mark("sessions entries history timesheet list"),
    "log.search": mark("find look for"),
    "log.split": mark("divide cut"),
    "log.join": mark("merge combine"),
    "go.statements": mark("bill invoice preview month"),
    "go.insights": mark("report statistics rates real hourly rate profitability typical week"),
    "go.day": mark("close reconcile gaps evening absence break holiday"),
    "go.money": mark("invoices bills payments unpaid owed aging"),
    "go.leaks": mark("losses lost money report"),
    "go.rounding": mark("report rounding loss gain"),
    "go.import": mark("csv toggl clockify harvest migrate take over"),
    "go.settings": mark("preferences options configuration parameters"),
    "go.calendar": mark("week month year agenda planning"),
    "go.client": mark("customer rates address tax contract"),
    "client.contract": mark("retainer fixed fee deal"),
    "log.export": mark("csv excel json report save file"),
    "statement.export": mark("pdf csv file"),
    "money.receipt": mark("payment paid received transfer"),
    "money.plan": mark("schedule of payments"),
    "money.remind": mark("dunning late chase"),
    "reminders.charges": mark("interest penalty"),
    "money.cash": mark("cash flow cashflow report"),
    "money.bank": mark("camt ofx account movements transfers"),
    "bank.other": mark("expense cost"),
    "money.credit": mark("refund cancel"),
    "history.undo": mark("revert mistake"),
    "history.redo": mark("repeat"),
    "app.theme": mark("colours colors dark light appearance"),
    "app.backup": mark("copy save safe"),
    "app.quit": mark("close exit leave"),
    "app.help": mark("keys shortcuts keyboard mouse manual"),
}
"""Other words that people look for an action by."""

OF_SETTINGS: Mapping[str, str] = {
    "Seller": mark("sender issuer company business profile"),
    "seller.regime": mark("exemption self-employed"),
    "currency": mark("money coin"),
    "time_zone": mark("timezone"),
    "theme": mark("colours colors dark light appearance"),
    "keys.mnemonic": mark("keyboard shortcuts"),
    "calendars": mark("meetings agenda"),
    "Goals": mark("target"),
    "Notices": mark("notification alert sound"),
    "invoice.series": mark("numbering"),
}
"""Other words that people look for a setting by: by its key, or by its subject for all of them."""


def row(action: Action, base_app: BaseApp, where: str = "") -> ClientRow:
    """An action as a row: its names in the person's language, its key; found by those of the other languages too."""
    tr = base_app.tr
    names = [tr.t(action.label), tr.t(action.help)]
    return ClientRow(
        slug=f"in:{action.id}" if where else action.id,
        name=" · ".join([where, *names] if where else names),
        age=base_app.keymap.shown(action),
        also=" ".join(_in_every_language(action.label, action.help, SYNONYMS.get(action.id, ""))),
    )


def elsewhere(base_app: BaseApp) -> list[ClientRow]:
    """The actions of the main screen, those of all others, every setting, every client's terms, the files."""
    tr = base_app.tr
    rows = [row(action, base_app) for action in ACTIONS if action.screen is ScreenName.MAIN]
    for action in ACTIONS:
        if action.screen not in (*SHARED, ScreenName.MAIN):
            where = tr.t(BY_ID[WAYS[action.screen][-1]].label)
            rows.append(row(action, base_app, where))
    return [*rows, *_settings(base_app), *_clients(base_app), *_files(base_app)]


def _settings(base_app: BaseApp) -> Iterator[ClientRow]:
    tr = base_app.tr
    for subject, each in ((subject, field) for subject, fields in FIELDS for field in fields):
        names = (tr.t(text) for text in ("Settings", each.words, each.hint) if text)
        others = (OF_SETTINGS.get(subject, ""), OF_SETTINGS.get(each.key, ""))
        also = " ".join([each.key, *_in_every_language("Settings", subject, each.words, each.hint, *others)])
        yield ClientRow(slug=f"set:{each.key}", name=" · ".join(names), also=also)


def _clients(base_app: BaseApp) -> Iterator[ClientRow]:
    words = mark("rates, rounding, agreement, address, projects")
    for client in base_app.catalogue.clients.values():
        if not client.own:
            others = mark("terms tax discount e-mail telephone contacts language archive inactive")
            also = " ".join([client.slug, *_in_every_language(words, others)])
            yield ClientRow(slug=f"of:{client.slug}", name=f"{client.name} · {base_app.tr.t(words)}", also=also)


def _files(base_app: BaseApp) -> Iterator[ClientRow]:
    home, words = base_app.home, mark("Open the file in your editor")
    clients = (home.client_file(slug) for slug in sorted(base_app.catalogue.clients))
    for file in (home.settings_file, *clients, *sorted(home.themes_dir.glob("*.toml"))):
        if file.is_file():
            name = str(file.relative_to(home.path))
            also = " ".join(_in_every_language(words))
            yield ClientRow(slug=f"file:{name}", name=f"{name} · {base_app.tr.t(words)}", also=also)


def _in_every_language(*texts: str) -> Iterator[str]:
    for lang in LANGUAGES:
        tr = translator(lang)
        yield from (tr.t(text) for text in texts if text)
