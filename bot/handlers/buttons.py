"""Buttons: each acts once, only for the person and the chat that it was made for."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from telegram import CallbackQuery, Update

from bot.coach import flags, reporting, settings, showing, signing_up
from bot.coach.commands import Said, kindly, obey
from bot.coach.desk import Asked, Desk
from bot.coach.talking import talk_about
from bot.domain.messages import Message
from bot.handlers.context import hear
from bot.wire.messenger import Messenger


class Buttons:
    """`/command words`, `q:step:value`, `ask:setting`, `r:report:field:value`, `t:topic`,
    `flag:…`, `more:date`."""

    def __init__(self, desk: Desk, messenger: Messenger, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._messenger = messenger
        self._clock = clock

    async def pressed(self, update: Update, _context: object) -> None:
        query = update.callback_query
        heard = hear(update, self._clock())
        if query is None or heard is None:
            return
        if heard.group or heard.asked.chat_id != heard.asked.person_id:
            await self._messenger.acknowledge(query.id)
            return
        said = await self._answer(heard.asked, query)
        await self._messenger.acknowledge(query.id)
        if heard.message_id is not None and not (query.data or "").startswith("t:"):
            await self._messenger.drop_buttons(heard.asked.chat_id, heard.message_id)
        for message in said:
            await self._messenger.reply(heard.asked.chat_id, message)

    async def _answer(self, asked: Asked, query: CallbackQuery) -> tuple[Message, ...]:
        data = query.data or ""
        if data.startswith("/"):
            name, _, words = data[1:].partition(" ")
            return await obey(self._desk, replace(asked, words=words), name)
        story = self._story(asked, data.split(":"))
        if story is None:
            return (self._desk.say("too_late"),)
        return await kindly(self._desk, story)

    def _story(self, asked: Asked, parts: list[str]) -> Callable[[], Awaitable[Said]] | None:
        desk = self._desk
        match parts:
            case ["q", *rest]:
                return _sign_up(desk, asked, rest)
            case ["flag", what]:
                return _flag(desk, asked, what)
            case ["ask", step] if step in signing_up.STEPS:
                return partial(_question, desk, step)
            case ["r", report, field, value] if report.isdecimal() and value.isdecimal():
                return partial(reporting.rate, desk, asked, int(report), field, int(value))
            case ["more", day]:
                return partial(showing.details, desk, asked, day)
            case ["t", *topic]:
                return partial(talk_about, desk, asked, ":".join(topic))
        return None


def _flag(desk: Desk, asked: Asked, what: str) -> Callable[[], Awaitable[Said]]:
    return partial(flags.not_me, desk, asked) if what == "not_me" else partial(flags.wait, desk)


def _sign_up(desk: Desk, asked: Asked, parts: list[str]) -> Callable[[], Awaitable[Said]] | None:
    match parts:
        case ["start"]:
            return partial(signing_up.begin, desk, asked)
        case ["end"]:
            return partial(signing_up.end, desk, asked)
        case ["share", "zone"]:
            return partial(_share, desk)
        case ["skip", step] if step in signing_up.STEPS:
            return partial(signing_up.pass_over, desk, asked, step)
        case [step, *value] if step in signing_up.STEPS:
            return partial(signing_up.answer, desk, asked, step, ":".join(value))
    return None


async def _question(desk: Desk, step: str) -> Message:
    return settings.question(desk, step)


async def _share(desk: Desk) -> Message:
    words = desk.texts.render("share_button")
    return replace(desk.say("share_location"), ask_location=words)
