"""The red-flag scan on written lines: `python -m tests.eval.safety` prints all parts.

`safety_tuned.jsonl` is what the wordings were written against and the second opinion learnt from.
`safety_aside.jsonl` and `safety_fresh.jsonl` were written before and are never tuned on; only
their rates are looked at.
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.content.safety import load_safety
from bot.domain.safety import Catalogue
from bot.domain.scan import look
from bot.domain.second_opinion import added
from bot.retrieval.alarm import read_alarm
from bot.retrieval.encoder import Encoder

HERE = Path(__file__).parent
CONTENT = HERE.parent.parent / "content"
PARTS = ("tuned", "aside", "fresh")
ASIDE = ("aside", "fresh")


@dataclass(frozen=True, slots=True)
class Line:
    """One message; `flag` is the row that it has to raise, None for a look-alike."""

    text: str
    flag: str | None
    style: str


@dataclass(frozen=True, slots=True)
class Rates:
    """Counts of one part; `missed` and `false` hold the lines themselves. `named`: of the flags
    raised, how many are of the right row."""

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


def rates(
    known: Catalogue, encoder: Encoder | None = None, parts: tuple[str, ...] = PARTS
) -> tuple[Rates, ...]:
    """Each part, measured with one catalogue: the signs alone, or with the second opinion of
    `encoder`."""
    return tuple(_rated(part, known, encoder) for part in parts)


def report(parts: tuple[Rates, ...]) -> Iterator[str]:
    """A row a part: caught, false alarms, the right row named, median time."""
    for part in parts:
        yield (
            f"{part.part:6} caught {part.caught:.1%} of {part.flags}"
            f"  false {part.alarms:.1%} of {part.alikes}"
            f"  right row {part.named / part.flags:.1%}  median {part.milliseconds:.2f} ms"
        )


def _rated(part: str, known: Catalogue, encoder: Encoder | None) -> Rates:
    of_part, times, seen = lines(part), [], []
    for line in of_part:
        begun = time.perf_counter()
        seen.append(look(line.text, known))
        times.append(time.perf_counter() - begun)
    raised = [one.flag for one in seen]
    if encoder is not None:
        unsure = [at for at, one in enumerate(seen) if one.flag is None and one.language]
        rows = encoder.read([of_part[at].text for at in unsure])
        alarm = read_alarm()
        for at, row in zip(unsure, rows, strict=True):
            text = of_part[at].text
            raised[at] = added(
                seen[at], alarm.heard(text, row[None, :], seen[at]), known, len(text)
            )
    pairs = list(zip(of_part, raised, strict=True))
    missed = tuple(line for line, flag in pairs if line.flag and flag is None)
    false = tuple(line for line, flag in pairs if line.flag is None and flag is not None)
    named = sum(flag is not None and flag.id == line.flag for line, flag in pairs)
    flags = sum(line.flag is not None for line in of_part)
    middle = sorted(times)[len(times) // 2] * 1000
    return Rates(part, flags, len(of_part) - flags, missed, false, named, middle)


def main() -> None:
    known = catalogue()
    for name, encoder in (("signs", None), ("with the second opinion", Encoder.open())):
        sys.stdout.write(f"{name}\n")
        sys.stdout.writelines(f"  {row}\n" for row in report(rates(known, encoder)))


if __name__ == "__main__":
    main()
