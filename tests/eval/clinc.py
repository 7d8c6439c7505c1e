"""The bot's router on CLINC150: python -m tests.eval.clinc FOLDER [--cache FOLDER].

FOLDER holds `data_full.json`. Each intent's training sentences are its examples, those of
`oos_train` the outside; the bar is set on `val` and `oos_val` alone: the highest one under which
80 % of `oos_val` fall. Reported: in-scope accuracy over `test` (an intent that is
declined is wrong) and out-of-scope recall over `oos_test`, each with a 95 % interval.
"""

import argparse
import json
import math
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.domain.knowledge import Example
from bot.domain.routing import Bars, Choice, Outside, RouterRules, Words
from bot.retrieval.engine import Engine, Model, open_engine

RECALL = 0.8  # of the validation part's outside: it holds some points less on unseen lines
Split = list[tuple[str, str]]
_BARS = Bars(answer=0.5, clarify=0.5, lone=0.5, near=0.5, wish=0.5)
RULES = RouterRules(_BARS, _BARS, Outside(1.0, 0.0, 0.0), Choice(0.0, 0.0), Words({}, {}, ()))


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares, 0 to 1; `raw` is the accuracy if nothing is declined."""

    accuracy: float
    recall: float
    raw: float
    inside: int
    outside: int


def read(folder: Path) -> dict[str, Split]:
    """The splits, with the outside under the label ""."""
    data = json.loads((folder / "data_full.json").read_text(encoding="utf-8"))
    return {
        name: [(text, "" if label == "oos" else label) for text, label in rows]
        for name, rows in data.items()
    }


def measured(data: dict[str, Split], cache: Path | None) -> Figures:
    """Learn on the training parts, set the bar on the validation parts, report the test parts."""
    learnt = [Example(text, label) for text, label in data["train"] + data["oos_train"]]
    engine = open_engine(learnt, (), RULES, Model.open(), cache)
    foreign = sorted(sure for _, sure in _guesses(engine, data["oos_val"]))
    bar = foreign[math.ceil(RECALL * len(foreign)) - 1]
    inside = _guesses(engine, data["test"])
    outside = _guesses(engine, data["oos_test"])
    right = [label == guess for (_, label), (guess, _) in zip(data["test"], inside, strict=True)]
    kept = [ok and sure > bar for ok, (_, sure) in zip(right, inside, strict=True)]
    declined = [sure <= bar for _, sure in outside]
    return Figures(
        sum(kept) / len(kept),
        sum(declined) / len(declined),
        sum(right) / len(right),
        len(inside),
        len(outside),
    )


def interval(share: float, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval."""
    z2 = 1.96**2
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = 1.96 * math.sqrt(share * (1 - share) / of + z2 / (4 * of**2)) / (1 + z2 / of)
    return middle - half, middle + half


def _guesses(engine: Engine, split: Split) -> list[tuple[str, float]]:
    """The best intent of each sentence and how sure the router is of it."""
    found = []
    for text, _ in split:
        best = next(guess for guess in engine.rank(text) if guess.label)
        found.append((best.label, best.score))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cache", type=Path, help="keeps the vectors for the next run")
    given = parser.parse_args()
    found = measured(read(given.folder), given.cache)
    low, high = interval(found.accuracy, found.inside)
    out = sys.stdout.write
    out(
        f"in-scope accuracy    {100 * found.accuracy:.1f} %  ({100 * low:.1f} to {100 * high:.1f})\n"
    )
    low, high = interval(found.recall, found.outside)
    out(f"out-of-scope recall  {100 * found.recall:.1f} %  ({100 * low:.1f} to {100 * high:.1f})\n")
    out(f"accuracy if nothing were declined  {100 * found.raw:.1f} %\n")


if __name__ == "__main__":
    main()
