"""The control API under /control/: people, their acts, and what they see, as JSON."""

import base64
import binascii
import inspect
import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.demo.callbacks import Press, Presses
from bot.demo.crowd import People
from bot.demo.groups import Groups
from bot.demo.people import Impossible, Person
from bot.demo.profile import Profile
from bot.demo.refusals import Json, Refused
from bot.demo.waiting import HungUp, hanging_up, unless_gone
from bot.demo.world import Chat, Post, World

LONGEST_WAIT = 25.0


class Control:
    """Each act is POST /control/people/{id}/{act} with a JSON object.

    `before` is waited for ahead of each act.
    """

    def __init__(
        self, world: World, people: People, groups: Groups, presses: Presses, profile: Profile
    ) -> None:
        self._world = world
        self._people = people
        self._groups = groups
        self._presses = presses
        self._profile = profile
        self.before: Callable[[], Awaitable[None]] = nothing
        self._acts: dict[str, Callable[[Person, Json], Any]] = {
            "say": self._say,
            "press": self._press,
            "location": lambda p, b: p.shares_location(b["latitude"], b["longitude"]),
            "photo": lambda p, b: p.sends_photo(_bytes(b["content"]), b.get("caption", "")),
            "voice": lambda p, b: p.sends_voice(b.get("seconds", 3)),
            "sticker": lambda p, b: p.sends_sticker(b.get("emoji", "💪")),
            "send": lambda p, b: p.sends(b["content"], self._chat(p, b)),
            "edit": self._edit,
            "block": lambda p, _: p.blocks(),
            "unblock": lambda p, _: p.unblocks(),
            "delete-account": lambda p, _: p.deletes_account(),
            "group": lambda p, b: self._groups.make(b["title"], p.account, b.get("kind", "group")),
            "join": lambda p, b: self._groups.join(self._world.reach(b["chat_id"]), p.account),
            "leave": lambda p, b: self._groups.leave(self._world.reach(b["chat_id"]), p.account),
            "remove-bot": self._remove_bot,
            "upgrade": lambda p, b: self._groups.upgrade(
                self._world.reach(b["chat_id"]), p.account
            ),
        }

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/control/people", self._list, methods=["GET"]),
            Route("/control/people", self._add, methods=["POST"]),
            Route("/control/people/{person:int}/{act}", self._act, methods=["POST"]),
            Route("/control/chats/{chat}/messages", self._messages, methods=["GET"]),
            Route("/control/chats/{chat}/commands", self._commands, methods=["GET"]),
            Route("/control/files/{file_id}", self._file, methods=["GET"]),
        ]

    async def _list(self, _request: Request) -> Response:
        people = [shown_person(person) for person in self._people]
        groups = [
            {**self._world.chat_json(chat), "members": sorted(chat.members), "bot": chat.status}
            for chat in self._groups.every()
        ]
        body = {"people": people, "groups": groups, "bot": self._world.bot}
        return JSONResponse(body | {"now": self._world.clock().isoformat()})

    async def _add(self, request: Request) -> Response:
        def add(body: Json) -> Json:
            return shown_person(
                self._people.add(
                    body.get("first_name", "Ann"),
                    body.get("id"),
                    body.get("username"),
                    body.get("language_code", "en"),
                )
            )

        return await answered(request, add)

    async def _act(self, request: Request) -> Response:
        act = self._acts.get(request.path_params["act"])
        if act is None:
            return JSONResponse({"error": "there is no such act"}, 404)

        async def carry_out(body: Json) -> Json:
            await self.before()
            done = act(self._people.get(request.path_params["person"]), body)
            return self._shown(done)

        return await answered(request, carry_out)

    async def _messages(self, request: Request) -> Response:
        """The posts changed after `since`; with `wait`, once there is something new."""
        chat = self._world.chats.get(int(request.path_params["chat"]))
        if chat is None:
            return JSONResponse({"error": "there is no such chat"}, 404)
        since = int(request.query_params.get("since", 0))
        wait = min(float(request.query_params.get("wait", 0)), LONGEST_WAIT)
        if wait:
            news = self._world.bell.until(lambda: chat.revision > since, wait)
            try:
                await unless_gone(news, hanging_up(request))
            except HungUp:
                return Response(status_code=204)
        posts = [p.as_json() for p in chat.posts.values() if p.revision > since]
        presses = [p.as_json() for p in self._presses.answered(chat.chat_id, since)]
        body = {"posts": posts, "presses": presses, "typing": chat.typing()}
        state = {"keyboard": chat.keyboard, "revision": chat.revision}
        return JSONResponse(body | state | {"now": self._world.clock().isoformat()})

    async def _commands(self, request: Request) -> Response:
        chat = self._world.chats.get(int(request.path_params["chat"]))
        if chat is None:
            return JSONResponse({"error": "there is no such chat"}, 404)
        account = self._world.accounts.get(chat.chat_id)
        language = account.user.get("language_code", "") if account else ""
        return JSONResponse({"commands": self._profile.menu(chat, language)})

    async def _file(self, request: Request) -> Response:
        stored = self._world.files.find(request.path_params["file_id"])
        if stored is None:
            return JSONResponse({"error": "there is no such file"}, 404)
        mime = stored.upload.mime if stored.size else "application/octet-stream"
        headers = {"Content-Disposition": "inline" if stored.size else "attachment",
                   "X-Content-Type-Options": "nosniff"}  # fmt: skip
        return Response(stored.upload.content, media_type=mime, headers=headers)

    def _chat(self, person: Person, body: Json) -> Chat:
        return self._world.reach(body["chat_id"]) if "chat_id" in body else person.chat

    def _say(self, person: Person, body: Json) -> Post:
        return person.says(body["text"], self._chat(person, body), body.get("reply_to"))

    def _press(self, person: Person, body: Json) -> Press:
        chat = self._chat(person, body)
        post = chat.posts.get(body["message_id"])
        if post is None:
            raise Impossible("there is no such message")
        stale = bool(body.get("stale", False))
        return person.presses(post, body["button"], chat, stale=stale)

    def _edit(self, person: Person, body: Json) -> Post:
        chat = self._chat(person, body)
        post = chat.posts.get(body["message_id"])
        if post is None:
            raise Impossible("there is no such message")
        return person.edits(post, body["text"], chat)

    def _remove_bot(self, person: Person, body: Json) -> None:
        self._groups.remove_bot(self._world.reach(body["chat_id"]), person.account)

    def _shown(self, done: object) -> Json:
        if isinstance(done, Post | Press):
            return done.as_json()
        return self._world.chat_json(done) if isinstance(done, Chat) else {}


async def nothing() -> None:
    """What is done before an act where nothing is wanted."""


async def answered(
    request: Request, act: Callable[[Json], Json] | Callable[[Json], Awaitable[Json]]
) -> Response:
    """The act's JSON; 415 for another type than JSON, 400 for what cannot be done."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        return JSONResponse({"error": "send JSON"}, 415)
    try:
        body = json.loads(await request.body() or b"{}")
        if not isinstance(body, dict):
            raise Impossible("send an object")
        done = act(body)
        return JSONResponse(await done if inspect.isawaitable(done) else done)
    except Impossible as error:
        return JSONResponse({"error": str(error)}, 400)
    except (Refused, ValueError, KeyError, TypeError) as error:
        return JSONResponse({"error": f"{type(error).__name__}: {error}"}, 400)


def shown_person(person: Person) -> Json:
    account = person.account
    standing = {"started": account.started, "blocked": account.blocked, "gone": account.gone}
    return account.user | standing


def _bytes(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error:
        raise Impossible("the content must be base64") from None
