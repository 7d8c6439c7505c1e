"""Where the dialogues stand, and what each chat was last about."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, select

from bot.domain.dialogue import Dialogue, Talk
from bot.storage.link import Link, Shape
from bot.storage.rows import DIALOGUES, TALK

_DIALOGUE = Shape(Dialogue, DIALOGUES)
_TALK = Shape(Talk, TALK)


class Dialogues:
    """One open dialogue a person and chat."""

    __slots__ = ("_link",)

    def __init__(self, link: Link) -> None:
        self._link = link

    async def get(self, chat_id: int, user_id: int, now: datetime) -> Dialogue | None:
        """The open dialogue; None where there is none or it has expired."""
        found = await self._link.row(
            self._link.held(
                select(*_DIALOGUE.columns).where(
                    DIALOGUES.c.chat_id == chat_id,
                    DIALOGUES.c.user_id == user_id,
                    DIALOGUES.c.expires_at > now,
                )
            )
        )
        return _DIALOGUE.value(found) if found else None

    async def put(self, dialogue: Dialogue) -> Dialogue:
        """Keep this step in place of the one before; its version is one higher."""
        step = replace(dialogue, data=dict(dialogue.data), version=dialogue.version + 1)
        await self._link.put(DIALOGUES, _DIALOGUE.parameters(step))
        return step

    async def clear(self, chat_id: int, user_id: int) -> bool:
        """End the dialogue; whether there was one."""
        ended = await self._link.run(
            delete(DIALOGUES).where(DIALOGUES.c.chat_id == chat_id, DIALOGUES.c.user_id == user_id)
        )
        return ended > 0

    async def prune(self, now: datetime) -> int:
        return await self._link.run(delete(DIALOGUES).where(DIALOGUES.c.expires_at <= now))


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
