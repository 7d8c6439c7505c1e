"""Waiting on behalf of a caller who may hang up."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from starlette.requests import Request

Gone = Callable[[], Awaitable[None]]
T = TypeVar("T")


class HungUp(Exception):
    """The caller closed the connection while it waited."""


def hanging_up(request: Request) -> Gone:
    """What returns once the caller of this request, whose body was read, has hung up."""

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    return gone


async def unless_gone(work: Awaitable[T], gone: Gone) -> T:
    """The work's result. Raises HungUp, with the work cancelled, where nobody waits any more."""
    task = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(gone())
    try:
        await asyncio.wait((task, leaving), return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise HungUp
    finally:
        task.cancel()
        leaving.cancel()
        await asyncio.gather(task, leaving, return_exceptions=True)
