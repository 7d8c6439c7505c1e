"""Two peers for the same examples and the same questions: BM25, and the sentence model alone."""

from collections.abc import Callable, Sequence

import bm25s
import numpy as np

from bot.domain.knowledge import Example
from bot.retrieval.encoder import Encoder

Guess = tuple[str, float]
Peer = Callable[[str], Guess]


def bm25(examples: Sequence[Example]) -> Peer:
    """The topic of the example that scores best, and its score."""
    index = bm25s.BM25()
    index.index(
        bm25s.tokenize([e.text for e in examples], show_progress=False), show_progress=False
    )

    def guess(question: str) -> Guess:
        tokens = bm25s.tokenize([question], show_progress=False)
        found, scores = index.retrieve(tokens, k=1, show_progress=False)
        return _topic(examples[int(found[0][0])]), float(scores[0][0])

    return guess


def cosine(examples: Sequence[Example]) -> Peer:
    """The topic of the nearest example, and its cosine."""
    encoder = Encoder.open()
    known = encoder.encode([example.text for example in examples])

    def guess(question: str) -> Guess:
        likes = known @ encoder.encode([question])[0]
        best = int(np.argmax(likes))
        return _topic(examples[best]), float(likes[best])

    return guess


def _topic(example: Example) -> str:
    return example.label.partition("/")[0]
