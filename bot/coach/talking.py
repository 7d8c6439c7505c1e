"""Plain words: answered, obeyed, or met with care; what the chat is about is kept for a while."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.coach import signing_up
from bot.coach.asking import Context, about_topic, reply_to
from bot.coach.commands import obey
from bot.coach.desk import Asked, Desk
from bot.domain.answers import Reply, ReplyKind
from bot.domain.dialogue import Talk
from bot.domain.errors import BadInput
from bot.domain.gaps import scrubbed
from bot.domain.messages import Message

FADES = timedelta(minutes=30)


async def talk(desk: Desk, asked: Asked, *, group: bool) -> tuple[Message, ...]:
    """The answer to a message in plain words.

    An open question of the sign-up takes the words first, but never before the red flags.
    """
    reply = await _reply(desk, asked, group=group)
    if not group and reply.kind is not ReplyKind.EMERGENCY:
        step = await signing_up.open_step(desk, asked)
        taken = await _typed_answer(desk, asked, step, reply) if step else ()
        if taken:
            return taken
    await _remember(desk, asked, reply, group=group)
    if reply.kind is ReplyKind.COMMAND and reply.command and not group:
        name, _, words = reply.command.removeprefix("/").partition(" ")
        return await obey(desk, replace(asked, words=words), name)
    return (reply.message,)


async def talk_about(desk: Desk, asked: Asked, topic: str) -> Message | tuple[Message, ...]:
    """The button of a topic."""
    if topic not in desk.content.knowledge.topics:
        return desk.say("too_late")
    context = await _context(desk, asked)
    if context.flag:
        return (await _reply(desk, replace(asked, words=topic), group=False)).message
    reply = about_topic(desk.content, topic)
    await _remember(desk, asked, reply, group=False)
    return reply.message


async def _reply(desk: Desk, asked: Asked, *, group: bool) -> Reply:
    context = await _context(desk, asked)
    if group:
        context = replace(context, flag="")
    return await asyncio.to_thread(reply_to, desk.content, asked.words, context)


async def _context(desk: Desk, asked: Asked) -> Context:
    async with desk.database.reading() as unit:
        person = await unit.people.get(asked.person_id)
        talk = await unit.talk.get(asked.chat_id)
    flag = (person.flag if person else None) or ""
    if talk is None or asked.now - talk.at > FADES:
        return Context(flag=flag)
    named = talk.named
    return Context(talk.topic, str(named.get("asked", "")), str(named.get("other", "")), flag)


async def _remember(desk: Desk, asked: Asked, reply: Reply, *, group: bool) -> None:
    """What a follow-up will refer to; an open flag; what could not be answered."""
    async with desk.database.writing() as unit:
        if reply.kind in (ReplyKind.ANSWER, ReplyKind.CLARIFY):
            other = reply.topics[1] if len(reply.topics) > 1 else ""
            named = {"asked": reply.about, "other": other}
            await unit.talk.put(Talk(asked.chat_id, reply.topics[0], asked.now, named))
        if reply.kind in (ReplyKind.DECLINE, ReplyKind.CLARIFY):
            await unit.gaps.add(asked.person_id, scrubbed(asked.words), asked.now)
        if group:
            return
        await unit.people.set_seen(asked.person_id, asked.now)
        if reply.kind is ReplyKind.EMERGENCY:
            person = await unit.people.get(asked.person_id)
            if person is not None and person.flag is None:
                await unit.people.save(replace(person, flag=reply.flag))


async def _typed_answer(
    desk: Desk, asked: Asked, step: str, reply: Reply
) -> tuple[Message, ...]:
    """The words as an answer to the open question; what is none may be a question itself."""
    try:
        return await signing_up.answer(desk, asked, step, asked.words)
    except BadInput as error:
        if reply.kind is ReplyKind.DECLINE:
            return (desk.say(f"bad/{error.code}", **error.facts),)
        return ()
