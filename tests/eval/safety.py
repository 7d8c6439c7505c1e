"""The red-flag scan on written lines: `python -m tests.eval.safety` prints both parts.

`safety_tuned.jsonl` is what the wordings were written against. `safety_aside.jsonl` was written
before them and is never tuned on; only its rates are looked at.
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.content.safety import load_safety
from bot.domain.safety import Catalogue
from bot.domain.scan import scan

HERE = Path(__file__).parent
CONTENT = HERE.parent.parent / "content"
PARTS = ("tuned", "aside")


@dataclass(frozen=True, slots=True)
class Line:
    """One message; `flag` is the row that it has to raise, None for a look-alike."""

    text: str
    flag: str | None
    style: str


@dataclass(frozen=True, slots=True)
class Rates:
    """Counts of one part; `missed` and `false` hold the lines themselves."""

    part: str
    flags: int
    alikes: int
    missed: tuple[Line, ...]
    false: tuple[Line, ...]
    named: int
    milliseconds: float

    @property
    def caught(self) -> float:
        return 1 - len(self.missed) / self.flags

    @property
    def alarms(self) -> float:
        return len(self.false) / self.alikes


def lines(part: str) -> list[Line]:
    text = (HERE / f"safety_{part}.jsonl").read_text(encoding="utf-8")
    return [Line(**json.loads(line)) for line in text.splitlines()]


def catalogue() -> Catalogue:
    """The catalogue of the checkout; its faults end the run."""
    loaded, faults = load_safety(CONTENT)
    if loaded is None:
        raise SystemExit("\n".join(map(str, faults)))
    return loaded


def rates(known: Catalogue | None = None) -> tuple[Rates, ...]:
    """Both parts, measured with one catalogue."""
    with_this = known or catalogue()
    return tuple(_rated(part, with_this) for part in PARTS)


def report(parts: tuple[Rates, ...]) -> Iterator[str]:
    """A row a part: caught, false alarms, the right row named, median time."""
    for part in parts:
        yield (
            f"{part.part:6} caught {part.caught:.1%} of {part.flags}"
            f"  false {part.alarms:.1%} of {part.alikes}"
            f"  right row {part.named / part.flags:.1%}  median {part.milliseconds:.2f} ms"
        )


def _rated(part: str, known: Catalogue) -> Rates:
    missed, false, times, named = [], [], [], 0
    of_part = lines(part)
    for line in of_part:
        begun = time.perf_counter()
        flag = scan(line.text, known)
        times.append(time.perf_counter() - begun)
        if line.flag is None and flag is not None:
            false.append(line)
        elif line.flag is not None and flag is None:
            missed.append(line)
        named += flag is not None and flag.id == line.flag
    flags = sum(line.flag is not None for line in of_part)
    middle = sorted(times)[len(times) // 2] * 1000
    return Rates(part, flags, len(of_part) - flags, tuple(missed), tuple(false), named, middle)


if __name__ == "__main__":
    sys.stdout.writelines(f"{row}\n" for row in report(rates()))
