"""The database's own errors, told in one line that names the thing and the remedy."""

import sqlite3
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolEmpty

from bot.domain.errors import NotReady

_TROUBLE = (DBAPIError, sqlite3.Error, PoolEmpty, OSError)
_REMEDIES = {
    "SQLITE_CANTOPEN": "cannot be opened: check that its folder exists and may be written to",
    "SQLITE_READONLY": "is on a disk that cannot be written to: make it writable, or move it",
    "SQLITE_NOTADB": "is not an SQLite database: name another file in DATABASE_URL",
    "SQLITE_CORRUPT": "is damaged: put the last backup in its place",
    "SQLITE_FULL": "cannot grow, the disk is full: make room",
    "SQLITE_BUSY": "is held by another process for too long: end that one, or wait",
    "SQLITE_LOCKED": "is held by another process for too long: end that one, or wait",
    "SQLITE_IOERR": "cannot be read or written, the disk reports errors: check the disk",
    "28000": "does not let this user in from here, or not without TLS: correct DATABASE_URL",
    "28": "refuses the user or the password: correct DATABASE_URL",
    "3D": "does not exist on that server: create it, or correct DATABASE_URL",
    "42501": "lets this user do too little: grant the rights, or correct DATABASE_URL",
    "25006": "is read-only at the moment: name the primary server in DATABASE_URL",
    "53": "has no room or no connection left: free some, or use a larger one",
    "57": "is starting or stopping: it is tried again",
    "08": "has dropped the connection: it is tried again",
    "40": "had two transactions in each other's way: it is tried again",
}


@contextmanager
def telling(place: str) -> Iterator[None]:
    """Trouble with the database at `place` becomes NotReady; the program's own faults stay."""
    try:
        yield
    except _TROUBLE as error:
        remedy = _remedy(error)
        if remedy is None:
            raise
        raise NotReady(f"The database {place} {remedy}") from error


def _remedy(error: BaseException) -> str | None:
    if isinstance(error, PoolEmpty):
        return "has no free connection left: it is tried again"
    if isinstance(error, DBAPIError):
        return _by_code(error.orig) or _of_driver(error)
    if isinstance(error, sqlite3.Error):
        return _by_code(error)
    if isinstance(error, ssl.SSLError):
        return "offers a TLS certificate that is not trusted: correct sslmode or sslrootcert"
    if type(error) is ConnectionError:  # asyncpg's own; the system's are subclasses
        return "offers no TLS: turn it on there, or correct sslmode in DATABASE_URL"
    if isinstance(error, OSError):  # also a TimeoutError
        return "cannot be reached: start it, or correct DATABASE_URL"
    return None


def _by_code(error: BaseException | None) -> str | None:
    """SQLite names its errors, PostgreSQL has five characters for each; drivers wrap both."""
    while error is not None:
        name = getattr(error, "sqlite_errorname", None) or ""
        state = getattr(error, "sqlstate", None) or ""
        for known, remedy in _REMEDIES.items():
            if name.startswith(known) or state.startswith(known):
                return remedy
        error = error.__cause__
    return None


def _of_driver(error: DBAPIError) -> str | None:
    if error.connection_invalidated or isinstance(error, InterfaceError):
        return "has dropped the connection: it is tried again"
    return "did not do its part: see the log" if isinstance(error, OperationalError) else None
