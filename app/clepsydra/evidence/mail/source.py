"""Sent mail as a source of happenings: each mail to others is an instant, with whom it went to and its subject."""

from pathlib import Path

from clepsydra.domain.happenings import Happening, HappeningKind, Way
from clepsydra.domain.interval import Interval
from clepsydra.evidence.mail.reading import SentMail, sent_within
from clepsydra.evidence.sources import HappeningsFound
from clepsydra.settings.model import Settings


class SentMailFolders:
    """The folders of sent mail that the person named."""

    name = "mail"
    instants = True

    def reads(self, settings: Settings) -> tuple[Path | str, ...]:
        """The folders of the settings."""
        return settings.mail.sent

    def look(self, settings: Settings, span: Interval) -> HappeningsFound:
        """The mails that were sent in a stretch of time."""
        found = sent_within(settings.mail.sent, settings.mail.me, span)
        return HappeningsFound(tuple(_happening(mail) for mail in found.mails), found.problems)


def _happening(mail: SentMail) -> Happening:
    """A mail as what happened; without a Message-ID it is known by its instant and whom it went to."""
    head = mail.head
    return Happening(
        source="mail", kind=HappeningKind.MAIL, began=head.at, party=mail.to, way=Way.OUT,
        key=head.id or f"{head.at} {' '.join(mail.to)}", label=head.subject, words=mail.words,
    )  # fmt: skip
