"""What the machine may say of the person, and how it may speak to them."""

from enum import StrEnum

from clepsydra.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class PresenceSettings:
    """Whether the machine may say that nobody sat at it."""

    lock: bool = False
    """Whether a locked screen and a sleeping machine are offered as absences."""


class Mnemonic(StrEnum):
    """Whose words the letters of the keys are: `english` for everybody, or those of the `language` of the screens."""

    ENGLISH = "english"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class NoticeSettings:
    """How the person is told of a call, of a timer that runs too long, and of the end of the day.

    No client is named in any of them unless `names` says so: a title and a notice can be seen by others.
    """

    title: bool = True
    """Whether the terminal's title shows what runs."""
    bell: bool = True
    """Whether the terminal's bell rings."""
    desktop: bool = False
    """Whether the desktop shows a notice, by the message bus of the session."""
    names: bool = False
    """Whether clients are named."""
