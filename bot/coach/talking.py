"""Plain words: answered, obeyed, or met with care; what the chat is about is kept for a while."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.coach import signing_up, testing
from bot.coach.alarms import flag_in, still_open
from bot.coach.asking import Context, about_topic, after, reply_to
from bot.coach.commands import obey
from bot.coach.desk import Asked, Desk, heard_of
from bot.coach.figures import ANSWERS
from bot.coach.progress import own_weeks
from bot.coach.stock import Content
from bot.domain.answers import Reply, ReplyKind, explained
from bot.domain.dialogue import Dialogue, Talk
from bot.domain.errors import BadInput
from bot.domain.gaps import scrubbed
from bot.domain.messages import Message
from bot.domain.safety import Flag
from bot.domain.travel import zone_of

FADES = timedelta(minutes=30)


async def talk(desk: Desk, asked: Asked, *, group: bool) -> tuple[Message, ...]:
    """The answer to a message in plain words.

    An open question of the sign-up takes the words first, but never before the red flags.
    """
    context = await _context(desk, asked, group=group)
    reply = await _reply(desk.content, asked.words, context)
    own = None if group or reply.kind is ReplyKind.EMERGENCY else await own_weeks(desk, asked)
    if own is not None:
        reply = own
    elif not group and reply.kind is not ReplyKind.EMERGENCY:
        taken = await _typed_answer(desk, asked, reply)
        if taken:
            return taken
    await _remember(desk, asked, context, reply, group=group)
    if reply.kind is ReplyKind.COMMAND and reply.command and not group:
        name, _, words = reply.command.removeprefix("/").partition(" ")
        first, *others = await obey(desk, replace(asked, words=words), name)
        return (explained(first, reply), *others)
    return (explained(reply.message, reply),)


async def _reply(content: Content, words: str, context: Context) -> Reply:
    """Beside the loop, unless it is a wording of the knowledge base that was asked before. What
    somebody says in words of their own, or goes on from, is not kept."""
    if context.asked or context.flag is not None or not content.engine.knows(words):
        return await asyncio.to_thread(reply_to, content, words, context)
    known = content.drawer.replies.get(words, context)
    if known is None:
        known = await asyncio.to_thread(reply_to, content, words, context)
        content.drawer.replies.keep(words, context, known)
    return known


async def flagged(desk: Desk, asked: Asked, *, group: bool) -> tuple[Message, ...]:
    """What the words of a command raise, before it is obeyed; nothing where they raise none."""
    if not asked.words:
        return ()
    if (await asyncio.to_thread(flag_in, desk.content, asked.words))[0] is None:
        return ()
    return await talk(desk, asked, group=group)


async def talk_about(desk: Desk, asked: Asked, topic: str) -> Message:
    """The button of a topic."""
    if topic not in desk.content.knowledge.topics:
        return desk.say("too_late")
    context = await _context(desk, asked, group=False)
    again = still_open(desk.content, context.flag, context.country)
    if again is not None:
        return again.message
    reply = about_topic(desk.content, topic)
    await _remember(desk, asked, context, reply, group=False)
    return explained(reply.message, reply)


async def _context(desk: Desk, asked: Asked, *, group: bool) -> Context:
    """What the chat is about while it is fresh; in a group nothing personal counts."""
    async with desk.database.reading() as unit:
        person = await unit.people.get(asked.person_id)
        talk = await unit.talk.get(asked.chat_id)
    own = person if not group else None
    flag = Flag.of_key(own.flag) if own else None
    country = desk.content.safety.numbers.code_of(zone_of(own, asked.now)) if own else None
    if talk is None or asked.now - talk.at > FADES:
        return Context(flag=flag, country=country)
    named = talk.named
    asked_, other, wish = (str(named.get(key, "")) for key in ("asked", "other", "wish"))
    return Context(talk.topic, asked_, other, wish, flag, country)


async def _remember(
    desk: Desk, asked: Asked, context: Context, reply: Reply, *, group: bool
) -> None:
    """What a follow-up will refer to; an open flag; what could not be answered."""
    desk.answered(reply.kind.value)
    now = after(context, reply)
    async with desk.database.writing() as unit:
        await unit.meta.count(f"{ANSWERS}{reply.kind.value}")
        told = (now.wish, now.asked) != (context.wish, context.asked)
        if reply.kind in (ReplyKind.ANSWER, ReplyKind.CLARIFY) or told:
            named = {"asked": now.asked, "other": now.other, "wish": now.wish}
            await unit.talk.put(Talk(asked.chat_id, now.topic, asked.now, named))
        gap = reply.kind in (ReplyKind.DECLINE, ReplyKind.CLARIFY)
        if gap and now.flag is None:
            await unit.gaps.add(asked.person_id, scrubbed(asked.words), asked.now)
        if group:
            return
        await heard_of(unit, asked)
        person = await unit.people.get(asked.person_id)
        if person is not None and now.flag is not None and now.flag != context.flag:
            await unit.people.save(replace(person, flag=now.flag.key))


async def _typed_answer(desk: Desk, asked: Asked, reply: Reply) -> tuple[Message, ...]:
    """The words as an answer to an open question of the sign-up or the self-test; what is none may
    be a question itself, but never without a letter."""
    async with desk.database.reading() as unit:
        dialogue = await unit.dialogues.get(asked.chat_id, asked.person_id, asked.now)
    try:
        match dialogue:
            case Dialogue(name=signing_up.NAME):
                return await signing_up.answer(desk, asked, dialogue.step, asked.words)
            case Dialogue(name=testing.NAME):
                return (await testing.answer(desk, asked, dialogue.step),)
        return ()
    except BadInput as error:
        if reply.kind is ReplyKind.DECLINE or not any(map(str.isalpha, asked.words)):
            return (desk.say(f"bad/{error.code}", **error.facts),)
        return ()
