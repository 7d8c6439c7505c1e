"""When the second opinion adds a flag to what the signs have not seen."""

from bot.domain.knowledge import Guess
from bot.domain.safety import Catalogue, Flag, Urgency
from bot.domain.scan import Look

_HOME = "en"
_LITTLE = 3  # words


def bar_for(seen: Look, catalogue: Catalogue) -> float:
    """How sure it has to be: surer where a sign was taken back, where little is said, and in
    other languages."""
    bars = catalogue.second
    bar = bars.taken_back if seen.taken_back or seen.words < _LITTLE else bars.bar
    return bar if seen.language in ("", _HOME) else max(bar, bars.abroad)


def added(seen: Look, heard: Guess, catalogue: Catalogue, length: int) -> Flag | None:
    """The flag that is heard, if that is sure enough; `heard.label` is "row urgency". It spans
    the whole message of `length` characters."""
    row, _, urgency = heard.label.partition(" ")
    known = catalogue.flag(row)
    if heard.score < bar_for(seen, catalogue) or known is None or urgency not in list(Urgency):
        return None
    if known.grading(Urgency(urgency)) is None:
        return None
    return Flag(row, Urgency(urgency), (0, length), seen.language or _HOME)
