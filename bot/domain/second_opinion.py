"""When the second opinion adds a flag to what the signs have not seen."""

from bot.domain.knowledge import Guess
from bot.domain.safety import Catalogue, Flag, Urgency
from bot.domain.scan import Look

_HOME = "en"
_LITTLE = 3  # words


def bar_for(seen: Look, catalogue: Catalogue, *, clear: bool = False) -> float:
    """How sure it has to be: surer where a sign was taken back, where little is said, in other
    languages, surest where both are so or something else is clearly meant (`clear`)."""
    bars = catalogue.second
    abroad = seen.language not in ("", _HOME)
    bar = bars.taken_back if seen.taken_back or seen.words < _LITTLE else bars.bar
    bar = max(bar, bars.abroad) if abroad else bar
    return max(bar, bars.clear) if clear or (abroad and seen.taken_back) else bar


def added(
    seen: Look, heard: Guess, catalogue: Catalogue, length: int, *, clear: bool = False
) -> Flag | None:
    """The flag that is heard, if that is sure enough; `heard.label` is "row urgency". It spans
    the whole message of `length` characters."""
    row, _, urgency = heard.label.partition(" ")
    known = catalogue.flag(row)
    sure = heard.score >= bar_for(seen, catalogue, clear=clear)
    if not sure or known is None or urgency not in list(Urgency):
        return None
    if known.grading(Urgency(urgency)) is None:
        return None
    return Flag(row, Urgency(urgency), (0, length), seen.language or _HOME)
