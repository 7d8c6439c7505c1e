"""The model's runtime reports to its maker unless it is told not to, and keeps a device's id."""

import os
import subprocess
import sys
from pathlib import Path

from tests.house import ROOT

READING = "from bot.retrieval.encoder import Encoder; print(Encoder.open().encode(['hills']).shape)"


def test_the_runtime_of_the_model_keeps_no_id_and_no_report(tmp_path: Path) -> None:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    homes = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    command = [sys.executable, "-c", READING]
    said = subprocess.run(command, env=env | homes, capture_output=True, text=True, check=True)  # noqa: S603  (our own)

    assert said.stdout.startswith("(1, ")
    assert list(tmp_path.rglob("*")) == []
