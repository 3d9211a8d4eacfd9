"""The keys whose letters are those of a language's own words, by action: they replace the table's where the person says
`mnemonic = "language"`. An action that is not here keeps the key of the table, whose letter fits or belongs to no word.

One letter means one thing wherever it can: in French `v` is what was agreed (convenu), `h` what is outside (hors), `P`
what is written off (perte), `+` what is added, `z` undoes.
"""

from collections.abc import Mapping

_FRENCH = {
    # everywhere
    "history.undo": "z u", "history.redo": "Z U ctrl+r", "app.theme": "T",
    # the main screen
    "timer.pause": "p", "timer.back-date": "d", "call.hand": "a", "call.accept": "o", "call.unanswered": "M",
    "touch.fix": "t", "session.scope": "h", "session.add": "plus", "session.agree": "v", "session.write-off": "P",
    "go.calls": "A", "go.log": "J", "go.statements": "r", "go.day": "j", "go.money": "F", "go.leaks": "f",
    "go.calendar": "S",
    # the log
    "log.unbilled": "a", "log.scope": "h", "log.add": "plus", "log.agree": "v", "log.write-off": "P",
    # statements
    "statement.period": "p", "statement.issue": "e", "statement.void": "a", "statement.invoices": "F",
    "statement.look": "R", "statement.words": "o", "statement.log": "J", "statement.day": "j",
    # insights
    "insights.view": "v", "insights.price": "t", "insights.done": "f", "insights.again": "r",
    # what happened
    "calls.accept": "o enter", "calls.never-title": "P", "calls.all": "t",
    # the day
    "day.agree": "V",
    # money
    "money.line": "l", "money.edit": "m", "money.subject": "o", "money.issue": "e", "money.receipt": "c",
    "money.plan": "t", "money.writeoff": "P", "money.take-back": "C", "money.credit": "a", "money.cash": "v",
    "money.look": "R", "cash.currency": "d", "bank.other": "a", "bank.split": "c", "bank.import": "f",
    "bank.every": "t",
    # reminders
    "reminders.draft": "enter e", "reminders.charges": "i",
    # a client, the calendar
    "client.rate": "t", "calendar.today": "a", "calendar.fill": "plus", "calendar.scope": "h", "calendar.log": "J",
}  # fmt: skip

LETTERS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "fr": {id_: tuple(keys.split()) for id_, keys in _FRENCH.items()},
}
"""Keys by action id, by the language of the screens."""
