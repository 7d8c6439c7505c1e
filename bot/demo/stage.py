"""What the page asks beside the chat itself: the time, one more person, why."""

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.app.assembly import App
from bot.app.edits import fresh_content
from bot.demo.cast import enter
from bot.demo.control import answered, shown_person
from bot.demo.glass import Glass
from bot.demo.journey import Journey
from bot.demo.refusals import Json
from bot.demo.standin import StandIn

_MOST_FAULTS = 3


@dataclass(frozen=True, slots=True)
class Play:
    """The bot and what stands around it."""

    app: App
    telegram: StandIn
    journey: Journey
    glass: Glass


class Stage:
    """The page is served before the bot is put together: who asks earlier waits for `open`."""

    def __init__(self) -> None:
        self._play: asyncio.Future[Play] = asyncio.get_running_loop().create_future()

    def open(self, play: Play) -> None:
        play.telegram.before_act = lambda: fresh_content(play.app)
        self._play.set_result(play)

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/control/time/{person:int}", self._view, methods=["GET"]),
            Route("/control/time/{person:int}", self._move, methods=["POST"]),
            Route("/control/cast", self._enter, methods=["POST"]),
            Route("/control/why/{chat:int}/{message:int}", self._why, methods=["GET"]),
        ]

    async def _view(self, request: Request) -> Response:
        return JSONResponse(await self._seen_by(request.path_params["person"]))

    async def _move(self, request: Request) -> Response:
        person = request.path_params["person"]

        async def move(body: Json) -> Json:
            play = await self._play
            came = await play.journey.move(person, str(body["to"]))
            return {"came": came} | await self._seen_by(person)

        return await answered(request, move)

    async def _enter(self, request: Request) -> Response:
        async def one_more(_body: Json) -> Json:
            return shown_person(await enter((await self._play).telegram))

        return await answered(request, one_more)

    async def _why(self, request: Request) -> Response:
        chat, message = request.path_params["chat"], request.path_params["message"]
        return JSONResponse((await self._play).glass.why(chat, message))

    async def _seen_by(self, person: int) -> Json:
        play = await self._play
        faults = [str(fault) for fault in play.app.desk.shelf.faults[:_MOST_FAULTS]]
        return {"faults": faults} | await play.journey.view(person)
