"""Which sessions are meant: by client, day, text and state, as SQL; what people typed only ever travels beside it."""

from clepsydra.domain.records import dataclass
from clepsydra.domain.records import replace as replace_fields

STATES = {
    "doubtful": "doubtful_from IS NOT NULL",
    "running": "ended_at IS NULL AND doubtful_from IS NULL",
    "billed": "statement IS NOT NULL AND ended_at IS NOT NULL AND doubtful_from IS NULL",
    "written_off": "write_off IS NOT NULL AND statement IS NULL AND ended_at IS NOT NULL AND doubtful_from IS NULL",
    "approved": "write_off IS NULL AND statement IS NULL AND ended_at IS NOT NULL AND doubtful_from IS NULL",
}
"""What a session's state is told from, as `Session.state` tells it."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which sessions: the client's civil days as ordinals, both ends included; begun in `[since, until)`; None is any.

    `awaiting` narrows `unbilled` to what may still be billed; `named` are clients that `text` fits by their names;
    `state` is one of the words of `STATES`.
    """

    client: str | None = None
    project: str | None = None
    channel: str | None = None
    first_day: int | None = None
    last_day: int | None = None
    text: str = ""
    unbilled: bool = False
    statement: str | None = None
    awaiting: bool = False
    named: tuple[str, ...] = ()
    scope: str | None = None
    decision: str | None = None
    state: str | None = None
    since: int | None = None
    until: int | None = None

    def on(self, day: int) -> "Filter":
        """The same of one civil day only."""
        return replace_fields(self, first_day=day, last_day=day)

    @property
    def source(self) -> str:
        """Where they are read from. Open work of a client has an index of its own, which is named: without statistics
        SQLite would rather go through all that was billed in years, in order of time.
        """
        return "session INDEXED BY session_unbilled" if self.client and (self.unbilled or self.awaiting) else "session"

    def where(self) -> tuple[str, list[object]]:
        """The SQL condition and its parameters; user text only ever travels as a parameter."""
        terms: list[str] = []
        values: list[object] = []
        for condition, value in (
            ("client = ?", self.client),
            ("project = ?", self.project),
            ("channel = ?", self.channel),
            ("day >= ?", self.first_day),
            ("day <= ?", self.last_day),
            ("started_at >= ?", self.since),
            ("started_at < ?", self.until),
            ("statement = ?", self.statement),
            ("scope = ?", self.scope),
            ("decision = ?", self.decision),
        ):
            if value is not None:
                terms.append(condition)
                values.append(value)
        if self.state is not None:
            terms.append(STATES[self.state])
        if self.unbilled or self.awaiting:
            terms.append("statement IS NULL AND write_off IS NULL")
        if self.awaiting:
            terms.append("client <> 'own' AND decision IS NOT 'absorb'")
        if self.text:
            pattern = "%" + self.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
            # SQLite itself folds the case of plain letters; only notes with others are worth a call of Python each.
            fitting = [f"{column} LIKE ? ESCAPE '\\'" for column in ("note", "client", "project")]
            from clepsydra.language.folding import folded  # only what was typed asks for it

            fitting.append("(note GLOB '*[^ -~]*' AND folded(note) LIKE ? ESCAPE '\\')")
            values += [folded(pattern)] * len(fitting)
            if self.named:
                fitting.append(f"client IN ({', '.join('?' * len(self.named))})")
                values += self.named
            terms.append(f"({' OR '.join(fitting)})")
        return " AND ".join(terms) or "1", values


EVERY = Filter()
"""Lets all sessions through."""
