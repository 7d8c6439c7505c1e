"""The command line: the one reader of the environment. One line a fault, exit codes 0, 1, 2."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import NoReturn

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from bot import logs
from bot.config import Settings, read
from bot.domain.errors import BadInput, ContentWrong, NotReady, SettingWrong

FAILED = 1
WRONG = 2


class _Parser(argparse.ArgumentParser):
    """argparse, but a wrong argument is one line."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message} (try {self.prog} --help)", file=sys.stderr)  # noqa: T201  (results and faults of a command line)
        raise SystemExit(WRONG)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    given = _parser().parse_args(arguments)
    try:
        settings = _settings()
        logs.configure(settings.log_level, as_json=settings.log_json)
        asked = _chosen(given)
        code: int = asked(settings, given)
    except (SettingWrong, BadInput) as error:
        return _fault(str(error), WRONG)
    except ContentWrong as error:
        return _fault(str(error), FAILED)
    except NotReady as error:
        return _fault(str(error), FAILED)
    except KeyboardInterrupt:
        return 0
    except BrokenPipeError:
        sys.stderr.close()  # the reader has gone: nothing is left to say, and to nobody
        return 0
    return code


def _chosen(given: argparse.Namespace) -> Callable[[Settings, argparse.Namespace], int]:
    """The command's function, imported now: `bot plan` need not wait for what `bot run` needs."""
    run: Callable[[Settings, argparse.Namespace], int]
    run = getattr(import_module(f"bot.shell.{given.file}"), given.command)
    return run


def _fault(text: str, code: int) -> int:
    print(logs.redact(f"bot: {text}"), file=sys.stderr)  # noqa: T201
    return code


def _settings() -> Settings:
    return read(_environment(Path(".env"), os.environ), _content_folder())


def _environment(file: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """The `.env` file under the environment, which wins. Raises SettingWrong for a broken line."""
    if not file.is_file():
        return dict(environ)
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingWrong(f".env cannot be read ({error}): save it as plain UTF-8 text") from None
    for binding in parse_stream(StringIO(text)):
        if binding.error:
            raise SettingWrong(
                f".env line {binding.original.line}: not of the form NAME=value: correct the line"
            )
    values = {name: value or "" for name, value in dotenv_values(stream=StringIO(text)).items()}
    return {**values, **environ}


def _content_folder() -> Path:
    """`content/` of the checkout, or the copy that the wheel carries."""
    package = Path(__file__).parent
    carried = package / "_content"
    return carried if carried.is_dir() else package.parent / "content"


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="bot", description="A coach for people who run for stronger legs.")
    several = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, words: str, file: str) -> argparse.ArgumentParser:
        one: argparse.ArgumentParser = several.add_parser(name, help=words, description=words)
        one.set_defaults(file=file)
        return one

    running = command("run", "run the bot", "host")
    running.add_argument("--role", choices=("all", "web", "push"), default="all")
    demo = command("demo", "the whole bot in a browser, without a token", "demo")
    demo.add_argument("--port", type=_port)
    ask = command("ask", "answer one question, or a batch of conversations", "asking")
    ask.add_argument("question", nargs="?")
    ask.add_argument("--json", action="store_true")
    ask.add_argument("--jsonl", metavar="FILE")
    ask.add_argument("--explain", action="store_true")
    _plan_arguments(command("plan", "the plan of such a person", "planning"))
    show = command("show", "a session, drill or topic as a person sees it", "content")
    show.add_argument("id")
    show.add_argument("--picture", metavar="FILE")
    command("check", "check all of content/", "content")
    command("migrate", "bring the database to the newest schema", "host")
    command("doctor", "settings, token, server, database, clock and more: a line each", "doctor")
    _simulation_arguments(
        command("simulate", "synthetic people live a year, every rule watched", "simulating")
    )
    stats = command("stats", "people, pushes, answers, gaps", "host")
    stats.add_argument("--json", action="store_true")
    return parser


def _plan_arguments(plan: argparse.ArgumentParser) -> None:
    plan.add_argument("--level", default="beginner", help="beginner, intermediate or advanced")
    plan.add_argument("--weeks", type=int, default=12)
    plan.add_argument("--days", help="all, or such as mon,wed,fri")
    plan.add_argument("--lift", help="days of lifting, such as tue,fri")
    plan.add_argument("--terrain", default="hill", help="hill, treadmill, stairs, ramp or flat")
    plan.add_argument("--minutes", help="the longest session")
    plan.add_argument("--age", help="such as 18-49 or 50-69, or a number of years")
    plan.add_argument("--start", help="the first date, such as 2026-01-05")
    plan.add_argument("--json", action="store_true")


def _simulation_arguments(simulation: argparse.ArgumentParser) -> None:
    simulation.add_argument("--people", type=int, default=200)
    simulation.add_argument("--weeks", type=int, default=52)
    simulation.add_argument("--seed", type=int, default=1, help="the same seed, the same lives")
    simulation.add_argument("--json", action="store_true")
    simulation.add_argument("--picture", metavar="FILE")


def _port(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return number
