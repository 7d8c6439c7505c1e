"""A question without an answer, scrubbed before it is kept: no digits, names, links."""

import re

_LONGEST = 160
_LINK = re.compile(r"\S*(?:://|www\.|@|t\.me/|\.com|\.org|\.net)\S*")
_DIGITS = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]*")
_SELF = re.compile(r"\b(my name is|i am called|this is) \S+", re.IGNORECASE)


def scrubbed(words: str) -> str:
    """Lower case and short; what might tell who asked is replaced by dots."""
    text = _LINK.sub("…", words)
    text = _SELF.sub("…", text)
    text = _NAME.sub("…", text)
    return " ".join(_DIGITS.sub("…", text).lower().split())[:_LONGEST]
