"""The command line, called as the console script calls it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main
from tests.house import CACHE, shelf

Called = tuple[int, str, str]


@pytest.fixture
def bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Called]:
    """Run one command in an empty folder: exit code, stdout, stderr."""
    shelf()  # the vectors are in the cache
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(CACHE.parent))
    for name in ("TELEGRAM_BOT_TOKEN", "DATABASE_URL", "PORT", "CONTENT_DIR"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str) -> Called:
        capsys.readouterr()
        try:
            code = main(arguments)
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call
