"""Writes `tests/content/six_word_hashes.bin` from the texts that nobody may copy.

    python -m tests.tools.make_hashes ARTICLE.txt REFERENCE.md …

The texts themselves stay outside the project; their runs of six words stand here as sorted hashes
of six bytes.
"""

import sys
from pathlib import Path

from tests.content.runs import HASHES, digest, runs


def main(paths: list[str]) -> int:
    found = {digest(run) for path in paths for run in runs(Path(path).read_text(encoding="utf-8"))}
    if not found:
        print("usage: python -m tests.tools.make_hashes TEXT …", file=sys.stderr)  # noqa: T201
        return 2
    HASHES.write_bytes(b"".join(sorted(found)))
    print(f"{len(found)} runs in {HASHES.name}")  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
