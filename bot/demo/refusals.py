"""How Telegram says no: a code, its own words, and parameters that a bot acts on."""

from typing import Any

Json = dict[str, Any]

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete "
    "the webhook first"
)
OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
    "running"
)
WEBHOOK_CAME = "Conflict: terminated by setWebhook request"


class Refused(Exception):
    """A call that Telegram does not carry out."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        """The answer's JSON, as the Bot API writes it."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = dict(self.parameters)
        return body


def bad_request(words: str) -> Refused:
    """A 400; like Telegram's, its sentence begins small unless it is a CODE_WORD."""
    shouting = len(words) > 1 and (words[1] == "_" or words[1].isupper())
    return Refused(400, f"Bad Request: {words if shouting else words[0].lower() + words[1:]}")


def forbidden(words: str) -> Refused:
    return Refused(403, f"Forbidden: {words}")


def flood(seconds: int) -> Refused:
    """A 429: refused, not carried out; come back after `seconds`."""
    return Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
