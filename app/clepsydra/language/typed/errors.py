"""Why a typed text was refused: data first, words on demand."""

from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from clepsydra.domain.civil import first_instant_from, wall
from clepsydra.language import formats
from clepsydra.language.translator import ENGLISH, Translator, mark_p
from clepsydra.language.typed.words import TABLES

_SHOWN = 40


class TypedKind(StrEnum):
    """What a text was read as."""

    DURATION = "duration"
    TIME = "time"
    DAY = "day"
    PERIOD = "period"
    AMOUNT = "amount"
    LINE = "line"


_UNREADABLE = {
    TypedKind.DURATION: mark_p("typed", "“{text}” is not a duration; write it like {examples}"),
    TypedKind.TIME: mark_p("typed", "“{text}” is not a time; write it like {examples}"),
    TypedKind.DAY: mark_p("typed", "“{text}” is not a day; write it like {examples}"),
    TypedKind.PERIOD: mark_p("typed", "“{text}” is not a period; write it like {examples}"),
    TypedKind.AMOUNT: mark_p("typed", "“{text}” is not an amount; write it like {examples}"),
    TypedKind.LINE: mark_p("typed", "“{text}” is not a line of an invoice; write it like {examples}"),
}


def _harmless(typed: str) -> str:
    """Typed text as it may stand in a message: no control characters, so no terminal escapes."""
    return "".join(c if c.isprintable() or c in (formats.NBSP, formats.NARROW) else "·" for c in typed)


def _short(typed: str) -> str:
    """The same, and no longer than a line has room for."""
    return _harmless(typed[:_SHOWN]) + ("…" if len(typed) > _SHOWN else "")


class NotUnderstood(ValueError):
    """A typed text that names nothing, or more than one thing; `typed` is that text."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed

    def __str__(self) -> str:
        return self.text(Translator(ENGLISH))

    def text(self, translator: Translator) -> str:
        """What is wrong and what can be typed instead, in a sentence."""
        raise NotImplementedError


class Unreadable(NotUnderstood):
    """Nothing that people write for this kind of thing."""

    def __init__(self, typed: str, kind: TypedKind) -> None:
        super().__init__(typed)
        self.kind = kind

    def examples(self, lang: str) -> tuple[str, ...]:
        """Texts that would have been read, as people of that language write them."""
        return TABLES[lang].examples[self.kind]

    def text(self, translator: Translator) -> str:
        """The text, shortened and without control characters, and what to write instead."""
        examples = " · ".join(self.examples(translator.lang))
        return translator.p(*_UNREADABLE[self.kind], text=_short(self.typed), examples=examples)


class BeyondLongest(Unreadable):
    """A duration of more hours than any has; `most` are so many seconds."""

    def __init__(self, typed: str, most: int) -> None:
        super().__init__(typed, TypedKind.DURATION)
        self.most = most

    def text(self, translator: Translator) -> str:
        """The text and how long a duration may be."""
        hours = formats.number(self.most // 3600, translator.lang)
        return translator.t("“{text}” is longer than {hours} hours", text=_short(self.typed), hours=hours)


class Ambiguous(NotUnderstood):
    """A wall time that the clocks showed twice; `candidates` are its two instants, in order."""

    def __init__(self, typed: str, candidates: tuple[int, ...], zone: ZoneInfo) -> None:
        super().__init__(typed)
        self.candidates = candidates
        self.zone = zone

    @property
    def choices(self) -> tuple[str, ...]:
        """What to type for each candidate: the same text with #1 or #2."""
        return tuple(f"{self.typed.strip()}#{i}" for i in range(1, len(self.candidates) + 1))

    def text(self, translator: Translator) -> str:
        """When it came twice and how to say which."""
        shown = wall(self.candidates[0], self.zone)
        first, second = map(_harmless, self.choices)
        return translator.t(
            "{time} came twice on {day}, when the clocks were set back: type {first} or {second}",
            time=formats.clock(shown.replace(tzinfo=None)),
            day=formats.date(shown.date(), translator.lang),
            first=first,
            second=second,
        )


class Missing(NotUnderstood):
    """A wall time that the clocks jumped over; `before` and `after` are as far on the near and the far side.

    When 2:00 becomes 3:00, 2:30 is missing, 1:30 is before and 3:30 after; both are instants.
    """

    def __init__(self, typed: str, wall_time: datetime, zone: ZoneInfo) -> None:
        super().__init__(typed)
        self.wall_time = wall_time
        self.zone = zone
        readings = [int(wall_time.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (0, 1)]
        self.before, self.after = sorted(readings)

    def text(self, translator: Translator) -> str:
        """Where the clocks jumped and the two times that may have been meant."""
        jump = first_instant_from(self.wall_time, self.zone)
        reached = wall(jump - 1, self.zone).replace(tzinfo=None) + timedelta(seconds=1)
        return translator.t(
            "{time} does not exist on {day}: the clocks went from {reached} to {resumed}; {before} or {after}?",
            time=formats.clock(self.wall_time),
            day=formats.date(self.wall_time.date(), translator.lang),
            reached=formats.clock(reached),
            resumed=formats.clock(wall(jump, self.zone)),
            before=formats.clock(wall(self.before, self.zone)),
            after=formats.clock(wall(self.after, self.zone)),
        )


class EndsBefore(NotUnderstood):
    """An end before its start; `instant` is what the text was read as, `bare` whether it named no day."""

    def __init__(self, typed: str, begin: int, instant: int, zone: ZoneInfo, *, bare: bool) -> None:
        super().__init__(typed)
        self.begin, self.instant, self.zone, self.bare = begin, instant, zone, bare

    def text(self, translator: Translator) -> str:
        """Both times, and what to do."""
        end, begin = wall(self.instant, self.zone), wall(self.begin, self.zone)
        if self.bare:
            return translator.t(
                "the end {end} lies before the start {begin}; name its day if it is the next one",
                end=formats.clock(end), begin=formats.clock(begin),
            )  # fmt: skip
        return translator.t(
            "the end {end} lies before the start {begin}; give a later end or an earlier start",
            end=self._dated(end, translator), begin=self._dated(begin, translator),
        )  # fmt: skip

    @staticmethod
    def _dated(moment: datetime, translator: Translator) -> str:
        return f"{formats.date(moment.date(), translator.lang)} {formats.clock(moment)}"
