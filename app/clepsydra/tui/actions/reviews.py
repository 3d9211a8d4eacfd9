"""What a person means to do about what they saw: one key keeps a line to stop, automate, delegate or reprice.

Every line comes back in a month; then it is done, or looked at once more.
"""

from clepsydra.language import formats, words
from clepsydra.ledger.insights import reviews
from clepsydra.ledger.insights.reviews import Review
from clepsydra.ledger.ledger import Refused
from clepsydra.tui.dialogs import Prompt
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.present.look import Subject


class ReviewActions(ActionScreen):
    """Mixed into the insights; a screen says what stands under its cursor."""

    def subject(self) -> Subject | Review:
        """What could be kept, or the line that is kept already."""
        raise NotImplementedError

    def do_insights_stop(self) -> None:
        """Keep it as something to stop."""
        self._mean("stop")

    def do_insights_automate(self) -> None:
        """Keep it as something to automate."""
        self._mean("automate")

    def do_insights_delegate(self) -> None:
        """Keep it as something to delegate."""
        self._mean("delegate")

    def do_insights_price(self) -> None:
        """Keep it as something to price otherwise."""
        self._mean("price")

    def _mean(self, kind: str) -> None:
        what = self.subject()
        if isinstance(what, Review):
            kept = reviews.reword(self.ledger, what.id, kind)
        else:
            kept = reviews.keep(self.ledger, kind, what.text, what.lost_minor, what.currency)
        self._tell(kept)

    def do_insights_done(self) -> None:
        """Take the line off the list."""
        done = reviews.done(self.ledger, self._review().id)
        self.say(self.tr.t("done: {text}", text=done.text))
        self.tui.changed()

    def do_insights_again(self) -> None:
        """Look at the line once more in a month."""
        self._tell(reviews.again(self.ledger, self._review().id))

    def reword(self, review: Review) -> None:
        """Say a line in other words."""
        tr, title = self.tr, words.review(review.kind, self.tr)

        def check(text: str) -> tuple[bool, str]:
            return bool(text.strip()), ""

        prompt = Prompt(title, tr.t("what you mean to change"), review.text, check)
        self.ask(prompt, lambda text: reviews.reword(self.ledger, review.id, text=text))

    def _review(self) -> Review:
        found = self.subject()
        if not isinstance(found, Review):
            raise Refused("stand on a line that you kept, under “Worth a look”")
        return found

    def _tell(self, kept: Review) -> None:
        what, day = words.review(kept.kind, self.tr), formats.date(kept.review_on, self.tr.lang, "day")
        said = self.tr.t("{what}: {text}; it comes back on {day}", what=what, text=kept.text, day=day)
        self.say(said)
        self.tui.changed()
