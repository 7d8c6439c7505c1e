"""What became of them, counted by kind of person."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.simulation.cast import Character
from bot.simulation.diary import Breach


@dataclass(slots=True)
class Tally:
    """`counts` are numbers by name, such as sent, done, accepted, rising; `changes` by reason."""

    people: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.people + other.people, self.counts + other.counts, self.changes + other.changes
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """`pushes` went out in all; `acts` were said or pressed."""

    weeks: int
    by_character: dict[Character, Tally]
    breaches: tuple[Breach, ...]
    pushes: int
    acts: int

    @property
    def whole(self) -> Tally:
        return total(self.by_character.values())


def total(tallies: Iterable[Tally]) -> Tally:
    whole = Tally()
    for tally in tallies:
        whole = whole + tally
    return whole


COLUMNS = (
    ("sent", "sessions"),
    ("done", "done"),
    ("partly", "partly"),
    ("skipped", "skipped"),
    ("accepted", "accepted"),
    ("kept", "kept"),
    ("lapsed", "lapsed"),
    ("raised", "flags"),
    ("cleared", "cleared"),
    ("rising", "rising"),
    ("deload", "deload"),
    ("breaches", "breaches"),
    ("missed", "missed"),
    ("doubled", "doubled"),
)


def table(outcome: Outcome) -> list[str]:
    """The lines that `bot simulate` prints."""
    rows = [*outcome.by_character.items(), ("all", outcome.whole)]
    head = f"{'':18}{'people':>7}" + "".join(f"{words:>9}" for _, words in COLUMNS)
    lines = [head]
    for name, tally in rows:
        numbers = "".join(f"{tally.counts[key]:>9}" for key, _ in COLUMNS)
        lines.append(f"{name:18}{tally.people:>7}{numbers}")
    lines += ["", "Changes by reason"]
    changes = outcome.whole.changes.most_common()
    lines += [f"  {reason:22}{count:>8}" for reason, count in changes]
    lines += ["", f"{outcome.pushes} pushes, {outcome.acts} messages and taps of people"]
    return lines


def as_json(outcome: Outcome) -> dict[str, object]:
    """The same as plain values."""
    return {
        "weeks": outcome.weeks,
        "pushes": outcome.pushes,
        "acts": outcome.acts,
        "people": {name.value: _plain(tally) for name, tally in outcome.by_character.items()},
        "all": _plain(outcome.whole),
        "breaches": [str(breach) for breach in outcome.breaches],
    }


def _plain(tally: Tally) -> dict[str, object]:
    counts = {name: tally.counts[name] for name, _ in COLUMNS}
    return {"people": tally.people, **counts, "changes": dict(sorted(tally.changes.items()))}
