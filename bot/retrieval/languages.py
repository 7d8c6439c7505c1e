"""Which language a message is written in, where that can be told."""

import pycld2


def language_of(text: str) -> str:
    """ISO 639-1 of the language that most of the text is in; "" where it cannot be told."""
    try:
        reliable, _, found = pycld2.detect(text, bestEffort=True)
    except pycld2.error:  # not valid as text: control characters and the like
        return ""
    return str(found[0][1]) if reliable else ""
