"""`bot check`, `bot show`, `bot migrate`, `bot stats`, `bot doctor`."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest

from bot.demo.server import bound_socket
from tests.house import ROOT
from tests.shell.conftest import Called


def test_the_projects_own_content_has_no_fault(bot: Callable[..., Called]) -> None:
    code, out, _ = bot("check")

    assert code == 0
    assert "all well" in out


def test_a_template_that_would_fail_in_front_of_a_person_is_a_fault_with_its_line(
    bot: Callable[..., Called], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copytree(ROOT / "content", tmp_path / "content")
    monkeypatch.setenv("CONTENT_DIR", str(tmp_path / "content"))
    templates = tmp_path / "content" / "templates"
    (templates / "help.j2").write_text("Help.\n{{ nonsense }}\n")
    (templates / "already.j2").write_text("Well.\n{% if %}\n")
    (templates / "week.j2").unlink()
    code, out, _ = bot("check")

    assert code == 1
    assert "templates/help.j2:2: there is no fact 'nonsense'" in out
    assert "templates/already.j2:2: is no template" in out
    assert "templates/week.j2 is missing" in out


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        ("HILL-B-03", ["min", "Why:", "Warm-up".lower()]),
        ("a-march", ["Common faults"]),
        ("replace_leg_day", ["No.", "The article says"]),
    ],
)
def test_show_prints_what_a_person_would_read(
    bot: Callable[..., Called], thing: str, words: list[str]
) -> None:
    code, out, _ = bot("show", thing)

    assert code == 0
    for word in words:
        assert word.lower() in out.lower()


def test_show_draws_the_picture_of_a_session(bot: Callable[..., Called], tmp_path: Path) -> None:
    code, out, _ = bot("show", "HILL-I-05", "--picture", "card.png")

    assert code == 0
    assert (tmp_path / "card.png").read_bytes().startswith(b"\x89PNG")
    assert "Why:" in out


def test_show_of_an_unknown_id_says_what_ids_look_like(bot: Callable[..., Called]) -> None:
    code, _, errors = bot("show", "HILL-Z-99")

    assert code == 2
    assert "HILL-B-01" in errors


def test_migrate_twice_and_count_nobody(bot: Callable[..., Called], tmp_path: Path) -> None:
    first, made, _ = bot("migrate")
    second, already, _ = bot("migrate")
    code, out, _ = bot("stats", "--json")
    plain, words, _ = bot("stats")

    assert (first, second, code, plain) == (0, 0, 0, 0)
    assert "now the newest" in made
    assert "already" in already
    assert json.loads(out)["people"] == 0
    assert words.splitlines() == [
        "people: 0", "active: 0", "pushes: none yet", "answers: none yet", "gaps: none",
    ]  # fmt: skip
    assert (tmp_path / "coach.db").stat().st_mode & 0o777 == 0o600


def test_the_doctor_names_what_is_missing_and_makes_nothing(
    bot: Callable[..., Called], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9/bot")  # nobody is there
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    code, out, _ = bot("doctor")

    assert code == 1
    assert out.count("TELEGRAM_BOT_TOKEN is not set") == 1
    assert "server     FAIL  cannot be reached" in out
    assert "content    ok" in out
    assert "database   ok    coach.db: there is none yet" in out
    assert list(tmp_path.iterdir()) == []


def test_the_doctor_says_who_may_read_the_database_and_that_nobody_sends(
    bot: Callable[..., Called], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9/bot")
    bot("migrate")
    (tmp_path / "coach.db").chmod(0o644)
    _, out, _ = bot("doctor")

    assert "disk       FAIL  others on this machine may read coach.db: chmod 600" in out
    assert "lease      ok    nobody: `bot run` is not running" in out


def test_stats_of_nothing_is_one_line_and_makes_nothing(
    bot: Callable[..., Called], tmp_path: Path
) -> None:
    code, out, errors = bot("stats")

    assert (code, out) == (1, "")
    assert errors == "bot: there is no database yet: `bot run` makes it\n"
    assert not (tmp_path / "coach.db").exists()


def test_run_without_a_token_says_where_one_comes_from(bot: Callable[..., Called]) -> None:
    code, _, errors = bot("run")

    assert code == 2
    assert "BotFather" in errors


def test_a_taken_port_of_the_demo_is_one_line_with_the_remedy(bot: Callable[..., Called]) -> None:
    with closing(bound_socket(0)) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        code, out, errors = bot("demo", "--port", str(port))

    assert code == 1
    assert out == ""
    assert f"port {port} cannot be used" in errors.splitlines()[-1]
    assert "--port" in errors.splitlines()[-1]
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("demo", "--port", "0"), ("demo", "--port", "x"), ()]
)
def test_a_wrong_command_is_one_line(
    bot: Callable[..., Called], arguments: tuple[str, ...]
) -> None:
    code, _, errors = bot(*arguments)

    assert code == 2
    assert len(errors.strip().splitlines()) == 1
