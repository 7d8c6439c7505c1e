"""What is said to a person, before any wire: text, buttons, picture; and what became of it."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.plan import PlanDay


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message; `data` is what comes back, at most 64 bytes."""

    text: str
    data: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG and the key under which its Telegram file id is kept, so that it goes up once.

    `lasting`: a picture of the library, which many people get, and not of one person's numbers.
    """

    key: str
    png: bytes
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Why a message says what it says, for whoever looks behind it; never sent, stored or logged.

    `template`: its file below `content/templates/`. Of an answer: its kind, how sure the router
    was (0 to 1) of each label, what each step decided, the passages by id and the words used of
    them. Of a day: the ids of its sessions, the reasons by code and words, and the `day` itself.
    """

    template: str = ""
    kind: str = ""
    confidence: float | None = None
    scores: tuple[tuple[str, float], ...] = ()
    steps: tuple[str, ...] = ()
    passages: tuple[tuple[str, str], ...] = ()
    sessions: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    day: PlanDay | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One message: Telegram HTML (the caption where there is a picture) and rows of buttons.

    `ask_location`: a keyboard with one button that shares the place, worded by this text.
    `document`: a file's name and bytes, sent instead of the text with the text as its caption.
    `instead`: it takes the place of the message whose button was pressed.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    picture: Picture | None = None
    ask_location: str | None = None
    document: tuple[str, bytes] | None = None
    instead: bool = False
    origin: Origin = field(default=Origin(), compare=False, repr=False)


class Fate(StrEnum):
    """What became of a message that was handed to Telegram."""

    SENT = "sent"
    RETRY = "retry"
    MIGRATED = "migrated"
    GONE = "gone"
    DEAD = "dead"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Delivery:
    """The fate, and what it brings: a message id, seconds to wait, a new chat, a reason.

    `everyone`: it would have met any message, such as a network that is down.
    """

    fate: Fate
    message_id: int | None = None
    wait: float = 0.0
    chat_id: int | None = None
    reason: str = ""
    everyone: bool = False
