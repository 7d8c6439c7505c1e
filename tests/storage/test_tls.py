"""PostgreSQL over TLS: what each `sslmode` lets through, and what is said where it does not.

The server of the tests was built without TLS, so a door in front of it speaks that: it answers
the request for TLS as PostgreSQL does, and passes on what comes through.
"""

import asyncio
import shutil
import ssl
import subprocess
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.domain.errors import NotReady
from bot.storage.database import Database
from tests.postgres import Server

pytestmark = pytest.mark.postgres
REQUEST = bytes.fromhex("0000000804d2162f")  # "may we speak TLS?"
OPENSSL = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
UNTRUSTED = "offers a TLS certificate that is not trusted: correct sslmode or sslrootcert"


@dataclass(frozen=True)
class Door:
    """Where it stands, whose certificate it shows, and how many came in over TLS."""

    port: int
    folder: Path
    over_tls: list[bool]

    def address(self, host: str, mode: str, authority: str = "") -> str:
        root = f"&sslrootcert={self.folder / authority}" if authority else ""
        return f"postgres://postgres:geheim@{host}:{self.port}/postgres?sslmode={mode}{root}"


def certificate(folder: Path, name: str, host: str) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    files = ["-keyout", str(folder / f"{name}.key"), "-out", str(folder / f"{name}.crt")]
    about = ["-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}"]
    subprocess.run([*OPENSSL.split(), *files, *about], check=True, capture_output=True)  # noqa: S603  (our own)


@pytest.fixture
async def door(server: Server, tmp_path: Path) -> AsyncIterator[Door]:
    certificate(tmp_path, "own", "localhost")
    certificate(tmp_path, "other", "localhost")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "own.crt", tmp_path / "own.key")
    async with _door(server, tmp_path, context) as opened:
        yield opened


@asynccontextmanager
async def _door(
    server: Server, folder: Path, context: ssl.SSLContext | None
) -> AsyncIterator[Door]:
    (place,) = parse_qs(urlsplit(server.url("postgres")).query)["host"]
    came: list[bool] = []

    async def let_in(reader: StreamReader, writer: StreamWriter) -> None:
        first = await reader.readexactly(8)
        asked = first == REQUEST
        came.append(asked and context is not None)
        if asked:
            writer.write(b"S" if context else b"N")
            await writer.drain()
        if asked and context:
            try:
                await writer.start_tls(context)
            except (ssl.SSLError, ConnectionError):
                return  # refused by the client
        behind = await asyncio.open_unix_connection(f"{place}/.s.PGSQL.5432")
        behind[1].write(b"" if asked else first)
        await asyncio.gather(_pass(reader, behind[1]), _pass(behind[0], writer))

    listening = await asyncio.start_server(let_in, "127.0.0.1", 0)
    yield Door(listening.sockets[0].getsockname()[1], folder, came)
    listening.close()


async def _pass(reader: StreamReader, writer: StreamWriter) -> None:
    try:
        while chunk := await reader.read(1 << 16):
            writer.write(chunk)
            await writer.drain()
    except (ssl.SSLError, ConnectionError):
        pass
    finally:
        writer.close()


async def opens(address: str) -> str:
    """Empty where the database answers, else the line that a host reads."""
    said = ""
    try:
        database = await Database.open(address)
    except NotReady as error:
        said = str(error)
    else:
        await database.close()
    assert "geheim" not in said
    return said


@pytest.mark.parametrize(
    ("host", "mode", "authority", "said"),
    [
        ("localhost", "require", "", ""),
        ("localhost", "require", "other.crt", UNTRUSTED),
        ("localhost", "verify-ca", "own.crt", ""),
        ("localhost", "verify-full", "own.crt", ""),
        ("localhost", "verify-full", "other.crt", UNTRUSTED),
        ("localhost", "verify-full", "", UNTRUSTED),
        ("127.0.0.1", "verify-ca", "own.crt", ""),
        ("127.0.0.1", "verify-full", "own.crt", UNTRUSTED),
    ],
)
async def test_a_certificate_is_checked_as_far_as_the_address_asks(
    door: Door, host: str, mode: str, authority: str, said: str
) -> None:
    found = await opens(door.address(host, mode, authority))

    assert found == (said and f"The database {host}:{door.port}/postgres {said}")
    assert set(door.over_tls) == {True}


async def test_without_tls_where_the_address_says_so(door: Door) -> None:
    assert await opens(door.address("localhost", "disable")) == ""
    assert set(door.over_tls) == {False}


async def test_a_server_that_speaks_no_tls_is_named_where_tls_is_required(
    server: Server, tmp_path: Path
) -> None:
    async with _door(server, tmp_path, None) as plain:
        said = await opens(plain.address("localhost", "require"))
        preferred = await opens(plain.address("localhost", "prefer"))

    assert "offers no TLS" in said
    assert preferred == ""
