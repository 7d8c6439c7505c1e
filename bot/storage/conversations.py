"""Where the dialogues stand, and what each chat was last about."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, String, cast, delete, select

from bot.domain.dialogue import BEHIND, Dialogue, Talk, before, lasting, named, without
from bot.storage.link import Link, Shape
from bot.storage.rows import DIALOGUES, TALK

_DIALOGUE = Shape(Dialogue, DIALOGUES)
_TALK = Shape(Talk, TALK)


class Dialogues:
    """One open dialogue a person and chat; another that it interrupts waits behind it."""

    __slots__ = ("_link",)

    def __init__(self, link: Link) -> None:
        self._link = link

    async def get(
        self, chat_id: int, user_id: int, now: datetime, name: str | None = None
    ) -> Dialogue | None:
        """The open dialogue, or with a name the one of that name even if it waits behind another;
        None where there is none or it has expired."""
        top = lasting(await self._top(chat_id, user_id), now)
        return named(top, name or top.name) if top else None

    async def put(self, dialogue: Dialogue) -> Dialogue:
        """Keep this step in place of the one before; its version is one higher."""
        step = before(await self._top(dialogue.chat_id, dialogue.user_id), dialogue)
        await self._link.put(DIALOGUES, _DIALOGUE.parameters(step))
        return step

    async def clear(self, chat_id: int, user_id: int, name: str) -> bool:
        """End the dialogue of that name; whether there was one. What waited goes on."""
        top = await self._top(chat_id, user_id)
        if named(top, name) is None:
            return False
        left = without(top, name)
        if left is not None:
            await self._link.put(DIALOGUES, _DIALOGUE.parameters(left))
        else:
            await self._link.run(delete(DIALOGUES).where(*_of(chat_id, user_id)))
        return True

    async def _top(self, chat_id: int, user_id: int) -> Dialogue | None:
        mine = select(*_DIALOGUE.columns).where(*_of(chat_id, user_id))
        found = await self._link.row(self._link.held(mine))
        return _DIALOGUE.value(found) if found else None

    async def prune(self, now: datetime) -> int:
        """Those that have expired go, also from behind the open ones; how many were the last."""
        waiting = cast(DIALOGUES.c.data, String).contains(f'"{BEHIND}"')
        for row in await self._link.rows(select(*_DIALOGUE.columns).where(waiting)):
            left = lasting(_DIALOGUE.value(row), now)
            if left is not None:
                await self._link.put(DIALOGUES, _DIALOGUE.parameters(left))
        return await self._link.run(delete(DIALOGUES).where(DIALOGUES.c.expires_at <= now))


def _of(chat_id: int, user_id: int) -> tuple[ColumnElement[bool], ...]:
    return DIALOGUES.c.chat_id == chat_id, DIALOGUES.c.user_id == user_id


class Talks:
    """The last topic of each chat."""

    __slots__ = ("_link",)

    def __init__(self, link: Link) -> None:
        self._link = link

    async def get(self, chat_id: int) -> Talk | None:
        found = await self._link.row(select(*_TALK.columns).where(TALK.c.chat_id == chat_id))
        return _TALK.value(found) if found else None

    async def put(self, talk: Talk) -> None:
        await self._link.put(TALK, _TALK.parameters(replace(talk, named=dict(talk.named))))

    async def clear(self, chat_id: int) -> None:
        await self._link.run(delete(TALK).where(TALK.c.chat_id == chat_id))

    async def prune(self, before: datetime) -> int:
        return await self._link.run(delete(TALK).where(TALK.c.at < before))
