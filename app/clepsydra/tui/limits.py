"""Says once, when a timer starts, that it will pass a limit of its agreement: however it was started."""

from collections.abc import Iterator

from clepsydra.domain.session import Scope
from clepsydra.language.limits import limit_sentence
from clepsydra.language.translator import Translator
from clepsydra.ledger.live.figures import Running, ScopeUse, Snapshot


class LimitWatch:
    """Remembers which running sessions were looked at."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def sentences(self, snapshot: Snapshot, tr: Translator) -> Iterator[str]:
        """What is to be said of timers that were not running before."""
        for run in snapshot.running:
            if run.session.id in self._seen:
                continue
            self._seen.add(run.session.id)
            use = agreement_of(run, snapshot)
            if use is not None and run.session.scope is not Scope.OUT:
                sentence = limit_sentence(run.client.name, use.state, tr)
                if sentence:
                    yield sentence


def agreement_of(run: Running, snapshot: Snapshot) -> ScopeUse | None:
    """Where the agreement stands that a running session falls under, if it falls under one."""
    mine = [use for use in snapshot.scopes if use.client.slug == run.client.slug]
    own = [use for use in mine if use.project == run.session.project]
    project = run.client.project(run.session.project)
    if own or (project and project.contracts):
        return own[0] if own else None
    return next((use for use in mine if use.project is None), None)
