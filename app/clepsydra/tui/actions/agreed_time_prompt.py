"""The line in which an agreed time is typed, with what it costs shown at once."""

from collections.abc import Sequence

from clepsydra.domain.billing import Group
from clepsydra.language import formats, typed
from clepsydra.language.translator import Translator
from clepsydra.ledger.day import wording
from clepsydra.ledger.ledger import Ledger
from clepsydra.tui import time_reader as typed_times
from clepsydra.tui.dialogs import Prompt


def prompt(ledger: Ledger, groups: Sequence[Group], about: str, tr: Translator) -> Prompt:
    """Ask for the total of some groups of the same terms; `about` says whose they are.

    Emptied, it takes back what was agreed before.
    """
    exact = formats.duration(sum(group.seconds.exact for group in groups), tr.lang)
    rule = formats.duration(sum(group.rule_seconds for group in groups), tr.lang)
    hint = f"{about}\n{tr.t('worked {exact}, by the rule {rule}', exact=exact, rule=rule)}"
    given = wording.given(ledger, groups[0].key.client, tr)
    agreed = any(group.agreed for group in groups)
    totals = (group.seconds.billed if group.total is None else group.total for group in groups)
    before, taken = typed_times.length(sum(totals)) if agreed else "", sum(group.taken for group in groups)
    hint += f"\n{wording.taken(taken, None, tr)}" if taken else ""

    def weigh(text: str) -> tuple[bool, str]:
        if not text.strip():
            return True, hint + "\n" + tr.t("Empty: the rule’s own result counts again.")
        try:
            total = typed.parse_duration(text)
        except typed.NotUnderstood as wrong:
            return False, wrong.text(tr)
        lines = [
            wording.cost(groups, total, tr),
            wording.taken(taken, total, tr),
            given,
            tr.t("emptied, the rule counts again") if before else "",
        ]
        return True, "\n".join(filter(None, lines))

    return Prompt(tr.t("Agreed time"), hint, before, weigh)


def seconds(text: str) -> int | None:
    """What was typed there; None when it was emptied."""
    return typed.parse_duration(text) if text.strip() else None
