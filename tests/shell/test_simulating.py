"""`bot simulate`, small: the long lives are in `tests/simulation`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.shell.conftest import Called


def test_the_command_says_what_became_of_them_and_draws_it(
    bot: Callable[..., Called], tmp_path: Path
) -> None:
    file = tmp_path / "crowd.png"
    code, out, err = bot(
        "simulate", "--people", "2", "--weeks", "1", "--json", "--picture", str(file)
    )
    told = json.loads(out)

    assert (code, err) == (0, "")
    assert told["all"]["people"] == 2
    assert told["all"]["sent"] > 0
    assert told["breaches"] == []
    assert file.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("wrong", [("--people", "0"), ("--weeks", "0"), ("--picture", "no/x.png")])
def test_what_makes_no_sense_is_refused_at_once(
    bot: Callable[..., Called], wrong: tuple[str, str]
) -> None:
    code, _, err = bot("simulate", *wrong)

    assert code == 2
    assert " ".join(wrong) in err
