"""The peer: the sentence model alone in a loop, on as many questions as it is given."""

import json
import sys
import time

from bot.retrieval.encoder import Encoder
from tests.benchmarks.processes import tell


def main(questions: list[str]) -> None:
    encoder = Encoder.open()
    for words in questions[:20]:
        encoder.encode([words])
    tell()
    for _ in sys.stdin:
        start = time.perf_counter()
        for words in questions:
            encoder.encode([words])
        tell(seconds=time.perf_counter() - start)


if __name__ == "__main__":
    main(json.loads(sys.argv[1])["questions"])
