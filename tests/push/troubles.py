"""What befalls a database: a full disk, and another process that does not let go of it."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def full_disk(folder: Path) -> Iterator[None]:
    """No file of this process grows beyond the database's log as it is."""
    room = (folder / "coach.db-wal").stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def held_by_another(folder: Path) -> Iterator[None]:
    with closing(sqlite3.connect(folder / "coach.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def impatient(folder: Path) -> str:
    """The address of a database that is away as soon as another process holds it."""
    return f"sqlite+aiosqlite:///{folder / 'coach.db'}?timeout=0.05"
