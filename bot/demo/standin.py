"""The way in: a Telegram of one's own on a port of this machine.

async with StandIn(token="1:…", clock=clock) as tg:
    ann = tg.people.add("Ann")
    ann.says("/start")          # a bot that polls tg.url gets it
    post = await ann.hears()
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from types import TracebackType

from starlette.routing import BaseRoute

from bot.demo.api import Api, Books
from bot.demo.bell import Bell
from bot.demo.callbacks import Presses
from bot.demo.calls import CallLog
from bot.demo.control import Control, nothing
from bot.demo.crowd import People
from bot.demo.faults import Faults
from bot.demo.groups import Groups
from bot.demo.lines import Lines
from bot.demo.methods import methods
from bot.demo.people import Street
from bot.demo.polling import Poller
from bot.demo.profile import Profile
from bot.demo.rates import Rates
from bot.demo.receiving import Receiving
from bot.demo.schema import Schema
from bot.demo.server import BotApi, Listener, application, bound_socket, listener
from bot.demo.trouble import TroubleDesk, state_of
from bot.demo.updates import Clock, UpdateQueue
from bot.demo.webhook import Delivery
from bot.demo.world import World

DEMO_TOKEN = "1000001:stand-in-for-telegram"  # noqa: S105  (nobody's)


class StandIn:
    """Serves while its context is open. `clock` is the only time of day it knows.

    `webhook_pace` scales the pauses and the timeout of webhook deliveries; `privacy` is the
    bot's privacy mode in groups; `routes` are served beside its own. `before_act` is waited for
    ahead of each act that comes over HTTP.
    """

    def __init__(
        self,
        clock: Clock,
        token: str = DEMO_TOKEN,
        port: int = 0,
        *,
        webhook_pace: float = 1.0,
        privacy: bool = True,
        routes: Sequence[BaseRoute] = (),
    ) -> None:
        schema = Schema.load()
        self.token = token
        self.bell = Bell()
        self.world = World(token, clock, self.bell)
        self.updates = UpdateQueue(clock, self.bell, schema.updates)
        self.poller = Poller(self.updates, self.bell)
        self.calls = CallLog(self.bell)
        self.faults = Faults()
        self.rates = Rates()
        self.presses = Presses(self.world)
        self.profile = Profile(self.world)
        self.groups = Groups(self.world, self.updates, privacy=privacy)
        street = Street(self.world, self.updates, self.presses, self.groups)
        self.people = People(street)
        self.delivery = Delivery(self.updates, self._perform, webhook_pace)
        receiving = Receiving(schema, self.updates, self.poller, self.delivery)
        table = methods(self.world, receiving, self.presses, self.profile)
        books = Books(self.calls, self.faults, self.rates)
        self._api = Api(schema, table, books, clock, self.bell)
        self._lines = Lines()
        self._port = port
        self._routes = tuple(routes)
        self.before_act: Callable[[], Awaitable[None]] = nothing
        self._listener: Listener | None = None
        self._serving: asyncio.Task[None] | None = None
        self.updates.arrived = self.delivery.look
        self.faults.began = self._go_dark
        self.faults.ended = self._come_back

    @property
    def port(self) -> int:
        return self._port

    @property
    def origin(self) -> str:
        """The address of the chat page."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def url(self) -> str:
        """What TELEGRAM_API_URL is set to: the token is appended."""
        return f"{self.origin}/bot"

    @property
    def file_url(self) -> str:
        return f"{self.origin}/file/bot"

    async def until(self, true: Callable[[], bool], seconds: float = 5.0) -> bool:
        """Whether it came true in time; looked at whenever anything happens here."""
        return await self.bell.until(true, seconds)

    async def __aenter__(self) -> "StandIn":
        bound = bound_socket(self._port)
        self._port = bound.getsockname()[1]
        self._listener = listener(application(self._all_routes()), self._lines)
        self._serving = asyncio.create_task(self._listener.serve([bound]))
        await self._listener.ready.wait()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.delivery.close()
        if self._listener is None or self._serving is None:
            return
        self._listener.enough.set()
        await self._serving

    async def forever(self) -> None:
        """Until the listener ends or the task is cancelled."""
        if self._serving is not None:
            await self._serving

    def _all_routes(self) -> list[BaseRoute]:
        bot_api = BotApi(self.token, self._api, self.world.files, self.faults, self._lines)
        control = Control(self.world, self.people, self.groups, self.presses, self.profile)
        control.before = lambda: self.before_act()
        desk = TroubleDesk(self.calls, self.faults, self.rates, self._state)
        return [*self._routes, *bot_api.routes(), *control.routes(), *desk.routes()]

    def _state(self) -> dict[str, object]:
        return state_of(self.updates, self.poller, self.delivery)

    def _perform(self, call: dict[str, object]) -> None:
        self._api.perform(call)

    def _go_dark(self) -> None:
        self.delivery.paused = True
        self._lines.cut_bot()

    def _come_back(self) -> None:
        self.delivery.paused = False
        self.delivery.look_everywhere()


async def serve(clock: Clock, token: str = DEMO_TOKEN, port: int = 8081) -> None:
    """A stand-in on its own, until it is cancelled."""
    async with StandIn(clock, token, port) as tg:
        await tg.forever()
