"""The real process, from the outside: started, talked to, killed, and told nonsense."""

import asyncio
import os
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest

from bot.demo.standin import StandIn
from tests.house import CACHE, ROOT, shelf

PATIENCE = 150.0


def wall_clock() -> datetime:
    return datetime.now(UTC)


async def test_the_process_answers_and_ends_tidily(tmp_path: Path) -> None:
    async with StandIn(wall_clock) as telegram, running(tmp_path, telegram) as process:
        ann = telegram.people.add("Ann")
        ann.says("/start")
        welcome = await ann.hears(PATIENCE)
        ann.says("should I replace leg day?")
        answer = await ann.hears(PATIENCE)
        process.send_signal(signal.SIGTERM)
        code = await asyncio.wait_for(process.wait(), PATIENCE)

        assert "signed up" in welcome.text
        assert answer.text.startswith("No.")
        assert code == 0


async def test_a_second_process_stands_by_and_takes_over_when_the_first_is_killed(
    tmp_path: Path,
) -> None:
    async with StandIn(wall_clock) as telegram, running(tmp_path, telegram) as first:
        ann = telegram.people.add("Ann")
        ann.says("/start")
        await ann.hears(PATIENCE)
        async with running(tmp_path, telegram) as second:
            await _says(second, "standby")
            first.kill()
            ann.says("/today")
            answer = await ann.hears(PATIENCE)

        assert answer.text


async def test_a_refused_token_ends_with_one_line_and_exit_code_2(tmp_path: Path) -> None:
    async with StandIn(wall_clock, token="1000001:right-token-of-the-stand-in-xxxxxxxxxx") as tg:
        wrong = {"TELEGRAM_BOT_TOKEN": "1000001:wrong-token-of-the-stand-in-xxxxxxxxxx"}
        code, _, errors = await _run(tmp_path, "run", TELEGRAM_API_URL=tg.url, **wrong)

        assert code == 2
        assert "TELEGRAM_BOT_TOKEN is refused" in errors
        assert wrong["TELEGRAM_BOT_TOKEN"] not in errors


async def test_an_unreachable_telegram_is_waited_for(tmp_path: Path) -> None:
    async with StandIn(wall_clock) as telegram:
        telegram.faults.outage()
        async with running(tmp_path, telegram) as process:
            await _says(process, "telegram.unreachable")
            telegram.faults.lift()
            ann = telegram.people.add("Ann")
            ann.says("/help")

            assert (await ann.hears(PATIENCE)).text


@pytest.mark.parametrize(
    ("env", "words", "code"),
    [
        ({}, "TELEGRAM_BOT_TOKEN is not set", 2),
        ({"TELEGRAM_BOT_TOKEN": "nonsense"}, "TELEGRAM_BOT_TOKEN does not look like", 2),
        ({"TELEGRAM_BOT_TOKEN": "1:" + "a" * 35, "SEND_RATE": "fast"}, "SEND_RATE", 2),
        ({"TELEGRAM_BOT_TOKEN": "1:" + "a" * 35, "DATABASE_URL": "mysql://x"}, "DATABASE_URL", 2),
        (
            {"TELEGRAM_BOT_TOKEN": "1:" + "a" * 35, "DATABASE_URL": "sqlite:////proc/no/coach.db"},
            "The database /proc/no/coach.db cannot be opened",
            1,
        ),
    ],
)
async def test_a_wrong_setting_is_one_line_that_names_it(
    tmp_path: Path, env: dict[str, str], words: str, code: int
) -> None:
    found, _, errors = await _run(tmp_path, "run", **env)

    assert words in errors
    assert len(errors.strip().splitlines()) == 1
    assert found == code


async def test_a_broken_env_file_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=INFO\nTHIS IS NO SETTING='\n", encoding="utf-8")
    code, _, errors = await _run(tmp_path, "doctor")

    assert code == 2
    assert errors.startswith("bot: .env line 2")
    assert len(errors.strip().splitlines()) == 1


async def test_a_broken_content_file_is_named_with_its_line(tmp_path: Path) -> None:
    content = tmp_path / "content"
    copytree(ROOT / "content", content)
    topic = content / "knowledge" / "replace_leg_day.md"
    text = topic.read_text(encoding="utf-8")
    topic.write_text(text.replace("verdict:", "verdikt:", 1), encoding="utf-8")
    checked, said, _ = await _run(tmp_path, "check", CONTENT_DIR=str(content))
    ran, _, errors = await _run(
        tmp_path, "run", CONTENT_DIR=str(content), TELEGRAM_BOT_TOKEN="1:" + "a" * 35
    )

    assert checked == 1
    assert "knowledge/replace_leg_day.md:" in said
    assert "verdict" in said
    assert ran == 1
    assert "knowledge/replace_leg_day.md:" in errors


async def test_a_newer_schema_is_left_alone(tmp_path: Path) -> None:
    await _run(tmp_path, "migrate")
    with closing(sqlite3.connect(tmp_path / "coach.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = 'from_the_future'")
    before = (tmp_path / "coach.db").read_bytes()
    code, _, errors = await _run(tmp_path, "run", TELEGRAM_BOT_TOKEN="1:" + "a" * 35)

    assert code == 1
    assert len(errors.strip().splitlines()) == 1
    assert "newer" in errors
    assert (tmp_path / "coach.db").read_bytes() == before


async def test_the_doctor_says_a_line_each(tmp_path: Path) -> None:
    async with StandIn(wall_clock) as telegram:
        await _run(tmp_path, "migrate")
        code, said, _ = await _run(
            tmp_path, "doctor", TELEGRAM_API_URL=telegram.url, TELEGRAM_BOT_TOKEN=telegram.token
        )

        assert [(line[:10].strip(), line[11:15].strip()) for line in said.splitlines()] == [
            (name, "ok")
            for name in (
                "settings",
                "content",
                "token",
                "server",
                "clock",
                "database",
                "schema",
                "disk",
                "lease",
                "next push",
            )
        ]
        assert code == 0
        assert telegram.token not in said


async def _run(folder: Path, *arguments: str, **env: str) -> tuple[int, str, str]:
    process = await _started(folder, *arguments, **env)
    out, errors = await asyncio.wait_for(process.communicate(), PATIENCE)
    return process.returncode or 0, out.decode(), errors.decode()


@asynccontextmanager
async def running(
    folder: Path, telegram: StandIn, role: str = "all", **env: str
) -> AsyncIterator[Process]:
    shelf()  # the vectors are in the cache
    own = {"TELEGRAM_API_URL": telegram.url, "TELEGRAM_BOT_TOKEN": telegram.token, **env}
    process = await _started(folder, "run", "--role", role, **own)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def _started(folder: Path, *arguments: str, **env: str) -> Process:
    kept = {
        name: os.environ[name]
        for name in ("PATH", "HOME", "PYTHONPATH", "COVERAGE_PROCESS_START")
        if name in os.environ
    }
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        cwd=folder,
        env={
            **kept,
            "PYTHONPATH": str(ROOT),  # this very copy, wherever another one is installed
            "XDG_CACHE_HOME": str(CACHE.parent),
            **env,
        },
        stdout=PIPE,
        stderr=PIPE,
    )


async def _says(process: Process, words: str) -> str:
    """Wait until the process says it; what it said before that."""
    assert process.stderr is not None
    said = ""
    async with asyncio.timeout(PATIENCE):
        while words not in (line := (await process.stderr.readline()).decode()):
            assert line, f"the process ended before it said {words!r}"
            said += line
    return said
