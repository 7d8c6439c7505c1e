"""The whole process at DEBUG, through failures: no secret in anything that it says."""

import asyncio
import signal
from pathlib import Path

from bot.demo.standin import StandIn
from tests.process.test_process import PATIENCE, _started, running, wall_clock

PASSWORD = "correct-horse-battery"


async def test_a_process_at_debug_never_says_its_token(tmp_path: Path) -> None:
    async with StandIn(wall_clock) as telegram:
        async with running(tmp_path, telegram, LOG_LEVEL="DEBUG") as process:
            assert process.stderr is not None
            said = asyncio.create_task(process.stderr.read())  # else its pipe would fill up
            ann = telegram.people.add("Ann")
            ann.says("/start")
            await ann.hears(PATIENCE)
            telegram.faults.outage()
            ann.says("/today")
            await asyncio.sleep(2)
            process.send_signal(signal.SIGTERM)
            errors = await asyncio.wait_for(said, PATIENCE)

        assert len(errors) > 1000
        assert telegram.token.encode() not in errors
        assert telegram.token.partition(":")[2].encode() not in errors


async def test_a_database_out_of_reach_never_says_its_password(tmp_path: Path) -> None:
    address = f"postgresql://coach:{PASSWORD}@127.0.0.1:9/coach"
    token = "1:" + "a" * 35
    env = {"DATABASE_URL": address, "TELEGRAM_BOT_TOKEN": token, "LOG_LEVEL": "DEBUG"}
    for command in ("run", "doctor", "stats", "migrate"):
        process = await _started(tmp_path, command, **env)
        out, errors = await asyncio.wait_for(process.communicate(), PATIENCE)

        assert process.returncode == 1
        assert PASSWORD.encode() not in out + errors
        assert token.encode() not in out + errors
