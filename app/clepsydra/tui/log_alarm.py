"""What the screen says when the log's file is no longer what it was, until that is mended, and the cure it offers."""

from clepsydra.ledger import names, safekeeping
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.log_watch import LogEvent, LogNews, LogWatch
from clepsydra.tui.base_app import BaseApp
from clepsydra.tui.dialogs import Answer, Question

UNTIL_MENDED = 3600.0
"""Seconds that the sentence stays; it comes again as long as it is true."""


class LogAlarm:
    """Looks once a second, and tells."""

    def __init__(self, tui: BaseApp, ledger: Ledger) -> None:
        self._tui, self._ledger = tui, ledger
        self._watch = LogWatch(ledger, tui.home)
        self._standing = False

    @property
    def lost(self) -> bool:
        """Whether nothing can be written now."""
        return self._watch.lost is not None

    def beat(self) -> bool:
        """Look and tell; whether the log is there."""
        news = self._watch.beat()
        if news is None:
            if self._watch.lost and not self._tui.has_notifications:
                self._say(self._watch.lost)
        elif news.event is LogEvent.REOPEN:
            self._tui.open_again(self._words(news))
            return False
        elif news.event is LogEvent.LOST:
            self._say(news)
            self._offer(news)
        else:
            self._tui.tell(self._words(news), "warning", seconds=12)
        return not self.lost

    def _words(self, news: LogNews) -> str:
        return ". ".join(names.sentence(self._ledger, each, self._tui.tr).rstrip(".") for each in news.sentences) + "."

    def _say(self, news: LogNews) -> None:
        self._tui.tell(self._words(news), "error", seconds=UNTIL_MENDED)

    def _offer(self, news: LogNews) -> None:
        """Put what is held back in the log's place, if the person wants that."""
        rescued = news.rescued
        if rescued is None or not news.can_be_put_back or self._standing:
            return
        tr, tui = self._tui.tr, self._tui

        def answered(answer: str | None) -> None:
            self._standing = False
            if answer and self.lost:
                with tui.telling():
                    safekeeping.restore(tui.home, rescued.path, self._ledger.clock, tui.catalogue, even_if_lost=True)

        self._standing = True
        answers = (
            Answer("p", "put", tr.t("put back what this program holds")),
            Answer("esc", "", tr.t("leave it: I see to it myself")),
        )
        tui.push_screen(Question(tr.t("The log"), self._words(news), answers), answered)
