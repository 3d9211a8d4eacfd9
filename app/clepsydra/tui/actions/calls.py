"""What can be done to a detected call from any screen that shows some: accept, assign, dismiss, split, trim, merge."""

from clepsydra.domain.civil import wall
from clepsydra.domain.session import DEFAULT_PROJECT, Channel
from clepsydra.language import formats, typed
from clepsydra.ledger import timers
from clepsydra.ledger.calls import deciding, interrupting
from clepsydra.ledger.calls.deciding import CallPart
from clepsydra.ledger.calls.model import CallState, DetectedCall
from clepsydra.ledger.calls.titles import mark_of
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.timers import Work
from clepsydra.settings.edit import EditRefused as NotWritten
from clepsydra.tui.dialogs import Picker, Prompt
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.pickers import place_picker
from clepsydra.tui.present import calls as present_calls
from clepsydra.tui.present.calls import CallNames
from clepsydra.tui.present.warnings import overlaps
from clepsydra.tui.time_reader import TimeReader


def work_of(place: str) -> Work:
    """The work of a place as pickers tell it: `client` or `client/project`."""
    slug, _, project = place.partition("/")
    return Work(slug, project or DEFAULT_PROJECT)


class CallActions(ActionScreen):
    """Mixed into a screen that says which call is meant (`target_call`)."""

    def target_call(self) -> DetectedCall | None:
        """The call that call keys act on."""
        raise NotImplementedError

    @property
    def names(self) -> CallNames:
        """What names clients on this screen."""
        return CallNames(self.ledger.catalogue.clients, self.tr)

    def _call(self) -> DetectedCall:
        call = self.target_call()
        if call is None:
            raise Refused("no call waits for a decision")
        return call

    # -- whose

    def do_call_accept(self) -> None:
        """It is whose it seems to be."""
        call = self._call()
        if call.suggestion is None:
            self.do_call_assign()
            return
        self.assign(call, Work(call.suggestion.client, call.suggestion.project))

    def do_call_assign(self) -> None:
        """Pick whose it is."""
        call = self._call()
        self.ask(self._picker(self.tr.t("Whose call is it?")), lambda place: self.assign(call, work_of(place)))

    def assign(self, call: DetectedCall, work: Work) -> None:
        """Make the call a client's and say so."""
        made = deciding.assign(self.ledger, call.id, CallPart(work))
        name = self.names.place(work.client, work.project)
        if call.ended_at is None:
            words = self.tr.t("call with {client}: it ends by itself", client=name)
        else:
            length = formats.duration(call.seconds(self.ledger.now), self.tr.lang)
            words = self.tr.t("call with {client}: {length}", client=name, length=length)
        shared = [said for session in made for said in overlaps(session, self.ledger, self.tr)]
        self.say(" · ".join([words, *shared]), "warning" if shared else "information")
        self.changed()

    # -- nobody's

    def do_call_dismiss(self) -> None:
        """It was no call."""
        call = deciding.ignore(self.ledger, self._call().id)
        self.say(self.tr.t("no call: {program}; undo brings it back", program=present_calls.program(call, self.tr)))
        self.changed()

    def do_call_personal(self) -> None:
        """It was personal."""
        call = deciding.personal(self.ledger, self._call().id)
        self.say(self.tr.t("personal: {program}; undo brings it back", program=present_calls.program(call, self.tr)))
        self.changed()

    def do_call_unanswered(self) -> None:
        """Nobody answered."""
        call = deciding.unanswered(self.ledger, self._call().id)
        self.say(self.tr.t("nobody answered: {program}; undo brings it back",
                           program=present_calls.program(call, self.tr)))  # fmt: skip
        self.changed()

    def do_call_never_title(self) -> None:
        """Never take pages of this title for a call."""
        if self._never(self._call(), title=True):
            self.say(self.tr.t("pages of that title are never a call from now on ([calls] ignore); undo takes it back"))
            self.changed()

    def _never(self, call: DetectedCall, *, title: bool) -> bool:
        """Whether the settings could be changed."""
        try:
            deciding.never(self.ledger, self.tui.home, call.id, title=title)
        except NotWritten as refused:
            self.say(refused.problems[0].text(self.tr), "error")
            return False
        self.tui.call_monitor.ignore(mark_of(self.ledger, call) if title else call.program)
        return True

    def do_call_never(self) -> None:
        """Never take this program for a call."""
        call = self._call()
        if not self._never(call, title=False):
            return
        self.say(self.tr.t("{program} is never a call from now on ([calls] ignore); undo takes it back",
                           program=call.program_name))  # fmt: skip
        self.changed()

    # -- parts

    def do_call_split(self) -> None:
        """Cut it in two at a time, for two clients."""
        call = self._ended()
        times = self._times(call)
        first, last = self._clock(call.started_at), self._clock(call.ended_at or 0)
        hint = self.tr.t("a time between {begin} and {end}", begin=first, end=last)

        def check(text: str) -> tuple[bool, str]:
            try:
                at = times.begin(text)
            except typed.NotUnderstood as wrong:
                return False, wrong.text(self.tr)
            inside = call.started_at < at < (call.ended_at or 0)
            return inside, hint if not inside else self.tr.t(
                "{first} and {second}",
                first=formats.timer(at - call.started_at), second=formats.timer((call.ended_at or 0) - at),
            )  # fmt: skip

        seam = self._clock(call.seams[0]) if call.seams else ""
        self.ask(Prompt(self.tr.t("Split the call at"), hint, seam, check), lambda text: self._first_half(call, text))

    def _first_half(self, call: DetectedCall, text: str) -> None:
        at = self._times(call).begin(text)

        def first(place: str) -> None:
            def second(other: str) -> None:
                parts = CallPart(work_of(place), ended_at=at), CallPart(work_of(other), started_at=at)
                deciding.assign(self.ledger, call.id, *parts)

            self.ask(self._picker(self.tr.t("Whose was the second part?")), second)

        self.ask(self._picker(self.tr.t("Whose was the first part?")), first)

    def do_call_trim(self) -> None:
        """Another begin or end, then whose it is; the time cut off is nobody's."""
        call = self._ended()
        times = self._times(call)
        shown = f"{self._clock(call.started_at)}-{self._clock(call.ended_at or 0)}"
        hint = self.tr.t("from and to, inside the call")

        def check(text: str) -> tuple[bool, str]:
            try:
                begin, end = _both(text, times)
            except typed.NotUnderstood as wrong:
                return False, wrong.text(self.tr)
            if not call.started_at <= begin < end <= (call.ended_at or 0):
                return False, self.tr.t("that time is not inside the call")
            return True, formats.timer(end - begin)

        def trimmed(text: str) -> None:
            begin, end = (call.started_at, call.ended_at) if text == shown else _both(text, times)
            self.ask(
                self._picker(self.tr.t("Whose call is it?")),
                lambda place: deciding.assign(self.ledger, call.id, CallPart(work_of(place), begin, end)),
            )

        self.ask(Prompt(self.tr.t("Trim the call"), hint, shown, check), trimmed)

    def _ended(self) -> DetectedCall:
        call = self._call()
        if call.ended_at is None:
            raise Refused("the call is still under way; it can be cut when it has ended")
        return call

    def _times(self, call: DetectedCall) -> TimeReader:
        settings = self.ledger.settings
        return TimeReader(self.ledger.now, settings.time_zone, settings.day_starts_at, self.tr.lang, call.started_at)

    def _clock(self, instant: int) -> str:
        return formats.clock(wall(instant, self.ledger.settings.time_zone), True)

    def _picker(self, title: str) -> Picker:
        return place_picker(self.tui, title)

    # -- by hand

    def do_call_hand(self) -> None:
        """Begin a call over what runs, or end the one that runs; a call that was noticed is asked about."""
        if any(session.channel is Channel.CALL for session in timers.running(self.ledger)):
            ended, resumed = interrupting.end_by_hand(self.ledger)
            length = formats.timer(ended.exact_seconds(self.ledger.now))
            words = self.tr.t("call with {client} ended after {length}", client=self.names.place(ended.client),
                              length=length)  # fmt: skip
            if resumed:
                words += " · " + self.tr.t("{client} goes on", client=self.names.place(resumed[0].client))
            self.say(words)
            self.changed()
            return
        call = self.target_call()
        if call is not None and call.state is CallState.INBOX:
            self.do_call_assign()
            return
        self.ask(self._picker(self.tr.t("A call with whom?")), self._begin_by_hand)

    def _begin_by_hand(self, place: str) -> None:
        session = interrupting.begin_by_hand(self.ledger, work_of(place))
        self.say(self.tr.t("call with {client}: the same key ends it", client=self.names.place(session.client)))


def _both(text: str, times: TimeReader) -> tuple[int, int]:
    """Begin and end of `9:30-10:15`, also with a dash or a blank between them."""
    first, _, second = text.replace("–", "-").replace(" ", "-", 1 if "-" not in text else 0).partition("-")
    begin = times.begin(first.strip())
    return begin, times.end(second.strip(), begin)
