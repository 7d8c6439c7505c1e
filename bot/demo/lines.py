"""Connections that can be cut: an answer that never leaves, an outage, a quick stop."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

Address = tuple[str, int]


class Lines:
    """The open connections by the caller's address."""

    def __init__(self) -> None:
        self._open: dict[Address, asyncio.BaseTransport] = {}
        self._bots: set[Address] = set()

    def cut(self, caller: Address) -> None:
        """Close without a further byte; the caller sees a broken connection."""
        transport = self._open.get(caller)
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()

    def cut_all(self) -> None:
        for caller in tuple(self._open):
            self.cut(caller)

    def used_by_bot(self, caller: Address) -> None:
        """Calls of the Bot API come through here: an outage cuts it, and not the page."""
        self._bots.add(caller)

    def cut_bot(self) -> None:
        for caller in tuple(self._bots):
            self.cut(caller)

    def opened(self, transport: asyncio.BaseTransport) -> None:
        self._open[_caller(transport)] = transport

    def closed(self, transport: asyncio.BaseTransport) -> None:
        self._open.pop(_caller(transport), None)
        self._bots.discard(_caller(transport))


def protocol_on(lines: Lines) -> type[asyncio.Protocol]:
    """uvicorn's protocol, with its connections written down in `lines`."""

    class Line(H11Protocol):
        _own: asyncio.BaseTransport | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            self._own = transport
            lines.opened(transport)
            super().connection_made(transport)

        def connection_lost(self, exc: Exception | None) -> None:
            if self._own is not None:
                lines.closed(self._own)
            super().connection_lost(exc)

    return Line


def _caller(transport: asyncio.BaseTransport) -> Address:
    host, port = transport.get_extra_info("peername")[:2]
    return str(host), int(port)
