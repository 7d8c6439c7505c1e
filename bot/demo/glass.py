"""Behind the glass: why a message says what it says, and the calls that brought it."""

from collections import deque
from dataclasses import asdict, dataclass, replace

from bot.demo.callbacks import Presses
from bot.demo.calls import Call, CallLog
from bot.demo.refusals import Json
from bot.domain.messages import Message, Origin

KEPT = 5_000
_OF_BUTTONS = "answerCallbackQuery"
_SHOWS = ("sendMessage", "sendPhoto", "sendDocument", "editMessageText")


@dataclass(frozen=True, slots=True)
class Note:
    """What the bot was about to say; `after` is the number of the last call before it."""

    chat_id: int
    after: int
    origin: Origin


class Glass:
    """`note` hears of each message that goes out; `why` finds it by the message's calls."""

    def __init__(self, calls: CallLog, presses: Presses) -> None:
        self._calls = calls
        self._presses = presses
        self._notes: deque[Note] = deque(maxlen=KEPT)

    def note(self, chat_id: int, message: Message) -> None:
        self._notes.append(Note(chat_id, self._calls.last, message.origin))

    def why(self, chat_id: int, message_id: int) -> Json:
        """The origin of the message as it is now, and the calls from the one before it on."""
        calls = [call for call in self._calls.find() if self._chat_of(call) == chat_id]
        shows = [call for call in calls if call.method in _SHOWS and call.ok]
        own = [call for call in shows if _message_of(call) == message_id]
        if not own:
            return {"origin": None, "calls": []}
        before = [call.number for call in shows if call.number < own[0].number]
        start = before[-1] if before else 0
        listed = [call for call in calls if start < call.number <= own[0].number] + own[1:]
        return {
            "origin": self._origin(chat_id, own[-1], shows),
            "calls": [call.as_json() for call in listed],
        }

    def _origin(self, chat_id: int, call: Call, shows: list[Call]) -> Json | None:
        """Of the latest note between this call and the one before it."""
        earlier = max((other.number for other in shows if other.number < call.number), default=0)
        notes = [
            note
            for note in self._notes
            if note.chat_id == chat_id and earlier <= note.after < call.number
        ]
        return asdict(replace(notes[-1].origin, day=None)) if notes else None

    def _chat_of(self, call: Call) -> int | None:
        if call.method == _OF_BUTTONS:
            press = self._presses.find(str(call.params.get("callback_query_id")))
            return press.chat_id if press else None
        return call.chat_id


def _message_of(call: Call) -> int | None:
    result = call.response.get("result")
    return result.get("message_id") if isinstance(result, dict) else None
