"""The level of a newcomer, by three plain questions. Pure.

The bot may take a person down by itself; up go the tests alone (section 2 of the reference): so
the least of the answers counts, and what is above the first level has its gate asked.
"""

from bot.domain.errors import BadInput
from bot.domain.typed import NUMBERS
from bot.domain.workouts import Level

HISTORY = ("running", "strength")
PAIN = "pain"
SCALE = 10
LONGEST = 60  # characters that are said back
_LEVELS = tuple(Level)
_SAID = {
    "running": {"little": 0, "regular": 1, "trained": 2},
    "strength": {"none": 0, "some": 1, "regular": 2},
}
_YES = {"yes": "yes", "y": "yes", "all": "yes", "no": "no", "not yet": "no", "n": "no"}


def read_answer(step: str, words: str) -> str:
    """The answer as it is kept; a level's name answers both histories. Raises BadInput."""
    said = words.strip().lower().rstrip(".!")
    if step == PAIN:
        number = NUMBERS.get(said, int(said) if said.isdecimal() else -1)
        if not 0 <= number <= SCALE:
            raise BadInput("scale_unclear", text=words.strip()[:LONGEST])
        return str(number)
    if step not in HISTORY:
        if said not in _YES:
            raise BadInput("yes_or_no", text=words.strip()[:LONGEST])
        return _YES[said]
    known = _SAID[step]
    levels = {level.value: word for level, word in zip(_LEVELS, known, strict=True)}
    if said not in known and said not in levels:
        raise BadInput("choice_unclear", text=words.strip()[:LONGEST])
    return levels.get(said, said)


def level_of(running: str, strength: str, hurts: bool) -> Level:
    """The least that an answer allows; a question that was passed over counts as little running,
    or as the strength that the running needs."""
    ran = _SAID["running"].get(running, 0)
    lifted = _SAID["strength"].get(strength, ran)
    if hurts:
        return Level.BEGINNER
    return _LEVELS[min(ran, lifted)]


def gate_below(level: Level) -> Level:
    return _LEVELS[max(0, _LEVELS.index(level) - 1)]
