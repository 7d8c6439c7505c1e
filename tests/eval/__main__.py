"""`make eval`: every set, both parts apart, and two peers on the same questions, as one table.

    python -m tests.eval [--write] [--wrong SET] [--clinc FOLDER]

`--write` puts the table into CARD.md; `--wrong` lists what went wrong in a set's tuned part.
"""

import argparse
import platform
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.coach.shelf import Shelf, examples
from bot.coach.stock import Content
from bot.retrieval.encoder import Encoder
from tests.eval import clinc, safety
from tests.eval.clinc import interval
from tests.eval.peers import Peer, bm25, cosine
from tests.eval.questions import PARTS, SETS, Case, Score, cases, judged

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "leg-strength-coach"
CARD = Path(__file__).parent / "CARD.md"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONG = 5


def main() -> None:
    parser = argparse.ArgumentParser(description="The answers, measured.")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--wrong", choices=SETS)
    parser.add_argument("--clinc", type=Path)
    given = parser.parse_args()
    content = Shelf.open(ROOT / "content", CACHE).content
    if given.wrong:
        _wrong(content, given.wrong)
        return
    card = "\n".join(_card(content, given.clinc)) + "\n"
    sys.stdout.write(card)
    if given.write:
        CARD.write_text(card, encoding="utf-8")


def _card(content: Content, folder: Path | None) -> Iterator[str]:
    yield "# How well it answers"
    yield ""
    yield f"Made by `make eval` on {datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}."
    yield "`tuned` parts may be looked at while working; `aside` parts were sealed when they were"
    yield "written and are never tuned on. In brackets: 95 % intervals (Wilson)."
    yield ""
    yield "| set | part | lines | right | among three | median | p95 |"
    yield "|---|---|---|---|---|---|---|"
    for name in SETS:
        for part in PARTS:
            yield _row(name, part, judged(content, cases(name, part)))
    yield ""
    yield from _noise(content)
    yield ""
    yield from _peers(content)
    yield ""
    yield from _safety()
    if folder is not None:
        yield ""
        yield from _clinc(folder)


def _row(name: str, part: str, score: Score) -> str:
    times = sorted(score.seconds)
    median, late = times[len(times) // 2] * 1000, times[int(len(times) * 0.95)] * 1000
    three = _share(score.three, score.of) if name in ("in_scope", "follow_ups") else ""
    return (
        f"| {name} | {part} | {score.of} | {_share(score.first, score.of)} | {three} "
        f"| {median:.0f} ms | {late:.0f} ms |"
    )


def _share(right: int, of: int) -> str:
    low, high = interval(right / of, of)
    return f"{100 * right / of:.1f} % ({100 * low:.0f}–{100 * high:.0f})"


def _noise(content: Content) -> Iterator[str]:
    yield "| typos a word of five letters or more | in scope, aside, right |"
    yield "|---|---|"
    asked = list(cases("in_scope", "aside"))
    for typos in (0, 1, 2):
        noisy = [replace(c, turns=tuple(noised(t, typos) for t in c.turns)) for c in asked]
        score = judged(content, noisy)
        yield f"| {typos} | {_share(score.first, score.of)} |"


def noised(text: str, typos: int) -> str:
    """Each word of five letters or more with so many slips: swapped, lost, doubled, changed."""
    source = random.Random(f"{typos} {text}")  # noqa: S311  (no secret)
    words = []
    for word in text.split():
        changed = word
        for _ in range(typos if len(word) >= _LONG and word.isalpha() else 0):
            changed = _slip(changed, source)
        words.append(changed)
    return " ".join(words)


def _slip(word: str, source: random.Random) -> str:
    place = source.randrange(1, len(word) - 1)
    match source.randrange(4):
        case 0:
            return word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
        case 1:
            return word[:place] + word[place + 1 :]
        case 2:
            return word[:place] + word[place] + word[place:]
        case _:
            return word[:place] + source.choice(_LETTERS) + word[place + 1 :]


def _peers(content: Content) -> Iterator[str]:
    """Each peer's bar is set on the tuned parts, as ours is: what is below it is declined."""
    known = examples(content.knowledge, content.answering)
    yield "| on the same questions (aside) | in scope, right | far declined | near declined |"
    yield "|---|---|---|---|"
    ours = {n: judged(content, cases(n, "aside")) for n in ("in_scope", "far", "near")}
    yield "| this bot | " + " | ".join(_share(s.first, s.of) for s in ours.values()) + " |"
    for name, peer in (("BM25 (bm25s)", bm25(known)), ("MiniLM cosine alone", cosine(known))):
        bar = _bar(content, peer)
        yield f"| {name} | " + " | ".join(_peer_row(peer, bar)) + " |"


def _bar(content: Content, peer: Peer) -> float:
    """The bar under which most of the tuned parts goes right."""
    del content
    inside = [(c, *peer(c.turns[-1])) for c in cases("in_scope", "tuned")]
    outside = [peer(c.turns[-1]) for n in ("far", "near") for c in cases(n, "tuned")]
    bars = sorted({score for *_, score in inside} | {score for _, score in outside})

    def worth(bar: float) -> float:
        right = sum(score > bar and topic in c.topics for c, topic, score in inside)
        away = sum(score <= bar or not topic for topic, score in outside)
        return right / len(inside) + away / len(outside)

    return max(bars, key=worth)


def _peer_row(peer: Peer, bar: float) -> Iterator[str]:
    for name in ("in_scope", "far", "near"):
        asked: Sequence[Case] = list(cases(name, "aside"))
        right = 0
        for case in asked:
            topic, score = peer(case.turns[-1])
            answered = topic if score > bar else ""
            right += answered in case.topics if name == "in_scope" else not answered
        yield _share(right, len(asked))


def _safety() -> Iterator[str]:
    yield "| red flags | lines | caught | false alarms on look-alikes |"
    yield "|---|---|---|---|"
    for rates in safety.rates(safety.catalogue(), Encoder.open()):
        caught = _share(rates.flags - len(rates.missed), rates.flags)
        false = _share(len(rates.false), rates.alikes)
        yield f"| {rates.part} | {rates.flags + rates.alikes} | {caught} | {false} |"


def _clinc(folder: Path) -> Iterator[str]:
    found = clinc.measured(clinc.read(folder), CACHE / "clinc")
    yield "| CLINC150, the same router code | |"
    yield "|---|---|"
    yield f"| in-scope accuracy | {_share(round(found.accuracy * found.inside), found.inside)} |"
    yield f"| out-of-scope recall | {_share(round(found.recall * found.outside), found.outside)} |"


def _wrong(content: Content, name: str) -> None:
    score = judged(content, cases(name, "tuned"))
    for case, reply in score.wrong:
        wanted = "/".join(case.topics or case.commands) or case.kind
        got = reply.command or "/".join(reply.topics) or ""
        sys.stdout.write(f"{case.turns} wanted {wanted}, got {reply.kind.value} {got}\n")
    sys.stdout.write(f"{score.first} of {score.of}\n")


if __name__ == "__main__":
    main()
