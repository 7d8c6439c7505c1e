"""How much one person may say: so many at once, then one a second for ever. Pure."""

from collections import OrderedDict
from dataclasses import dataclass, field
from enum import Enum, auto

AT_ONCE = 22  # the promise is 20; what is sent at once does not arrive at once
A_SECOND = 1.0
MOST_PEOPLE = 10_000


class Verdict(Enum):
    """TELL: beyond the allowance for the first time; DROP: told already."""

    FINE = auto()
    TELL = auto()
    DROP = auto()


@dataclass(slots=True)
class Allowance:
    """A bucket a person, the longest silent forgotten first: memory has a bound."""

    _left: OrderedDict[int, tuple[float, float, bool]] = field(default_factory=OrderedDict)

    def ask(self, person_id: int, now: float) -> Verdict:
        """`now` in seconds of any steady clock."""
        left, then, told = self._left.pop(person_id, (float(AT_ONCE), now, False))
        left = min(left + max(now - then, 0.0) * A_SECOND, float(AT_ONCE))
        told = told and left < AT_ONCE / 2
        verdict = Verdict.FINE if left >= 1 else Verdict.DROP if told else Verdict.TELL
        left -= verdict is Verdict.FINE
        self._left[person_id] = (left, now, told or verdict is Verdict.TELL)
        while len(self._left) > MOST_PEOPLE:
            self._left.popitem(last=False)
        return verdict

    def __len__(self) -> int:
        return len(self._left)
