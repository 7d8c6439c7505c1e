"""A stand-in on a port of its own for each test, and three clients to drive it with."""

from collections.abc import AsyncIterator

import aiogram
import aiohttp
import pytest
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.demo.people import Person
from bot.demo.standin import StandIn
from tests.demo.clients import Hands, Wire
from tests.demo.oracle import agree_with_aiogram


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
async def tg(clock: Hands) -> AsyncIterator[StandIn]:
    """Every call that went well must be one that aiogram's types know too."""
    async with StandIn(clock, webhook_pace=0.01) as standin:
        yield standin
    agree_with_aiogram(standin.calls)


@pytest.fixture
async def wire(tg: StandIn) -> AsyncIterator[Wire]:
    async with aiohttp.ClientSession() as session:
        yield Wire(tg, session)


@pytest.fixture
def ann(tg: StandIn) -> Person:
    """Someone who has started the bot; her first message is not kept for it."""
    person = tg.people.add("Ann")
    person.says("/start")
    tg.updates.forget_all()
    return person


@pytest.fixture
async def bot(tg: StandIn) -> AsyncIterator[telegram.Bot]:
    """python-telegram-bot's, on the transport that it brings."""
    async with telegram.Bot(tg.token, base_url=tg.url, base_file_url=tg.file_url) as client:
        yield client


@pytest.fixture
async def gram(tg: StandIn) -> AsyncIterator[aiogram.Bot]:
    """aiogram's: another library, with other habits on the wire."""
    server = TelegramAPIServer(
        base=f"{tg.origin}/bot{{token}}/{{method}}", file=f"{tg.origin}/file/bot{{token}}/{{path}}"
    )
    client = aiogram.Bot(tg.token, session=AiohttpSession(api=server))
    yield client
    await client.session.close()
