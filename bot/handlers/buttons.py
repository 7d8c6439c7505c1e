"""Buttons: each acts once, only for the person and the chat that it was made for."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from telegram import Update

from bot.coach import (
    after_consent,
    broadcasting,
    doubting,
    flags,
    hurting,
    lightening,
    offering,
    privacy,
    rating,
    reporting,
    screening,
    settings,
    showing,
    signing_up,
    sparing,
)
from bot.coach.commands import Said, kindly, obey
from bot.coach.desk import Asked, Desk
from bot.coach.talking import talk_about
from bot.domain.messages import Message
from bot.handlers.context import Heard, hear
from bot.wire.messenger import Messenger

_AGAIN = ("t:", "/drill ", "/progress ")  # they only show, and may be pressed again
_LONGEST_NUMBER = 18


class Buttons:
    """`/command words`, `q:step:value`, `ask:setting`, `r:report:field:value`, `t:topic`,
    `flag:…`, `c:…` (consent), `s:…` (screening), `more:date`,
    `on:date:part:word` (done or skip), `del:…`, `pain:sign`, `ready:date:tap`,
    `offer:number:word`, `untold:date:word`."""

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
        said = await answered(self._desk, heard.asked, query.data or "")
        await self._messenger.acknowledge(query.id)
        await self._say(heard, said, query.data or "")

    async def _say(self, heard: Heard, said: tuple[Message, ...], data: str) -> None:
        """In the place of the pressed message where the story says so; else below it, and the
        pressed one loses its buttons. Those that only show may be pressed again."""
        chat, pressed = heard.asked.chat_id, heard.message_id
        if pressed is not None and said and said[0].instead:
            await self._messenger.edit(chat, pressed, said[0])
            said = said[1:]
        elif pressed is not None and not data.startswith(_AGAIN):
            await self._messenger.drop_buttons(chat, pressed)
        for message in said:
            await self._messenger.reply(chat, message)


async def answered(desk: Desk, asked: Asked, data: str) -> tuple[Message, ...]:
    """What a person hears who presses the button that carries `data`."""
    if data.startswith("/"):
        name, _, words = data[1:].partition(" ")
        return await obey(desk, replace(asked, words=words), name)
    parts = data.split(":")
    story = None if any(map(_too_long, parts)) else _story(desk, asked, parts)
    if story is None:
        return (desk.say("too_late"),)
    return await kindly(desk, story)


def _story(desk: Desk, asked: Asked, parts: list[str]) -> Callable[[], Awaitable[Said]] | None:
    match parts:
        case ["q" | "s" | "c" as about, *rest]:
            return _ASKING[about](desk, asked, rest)
        case ["flag" | "del" | "b" | "pain" | "ready" | "offer" | "on" as about, *what]:
            return _CONFIRMED[about](desk, asked, ":".join(what))
        case ["ask", step] if step in settings.QUESTIONS:
            return partial(_question, desk, step)
        case ["r", report, field, value] if report.isdecimal():
            return _rating(desk, asked, int(report), field, value)
        case ["more", day]:
            return partial(showing.details, desk, asked, day)
        case ["untold", day, word]:
            return partial(doubting.answer, desk, asked, day, word)
        case ["t", *topic]:
            return partial(talk_about, desk, asked, ":".join(topic))
    return None


def _too_long(part: str) -> bool:
    """A number that no database holds; a forged button may bear any."""
    return part.isdecimal() and len(part) > _LONGEST_NUMBER


def _screening(desk: Desk, asked: Asked, parts: list[str]) -> Callable[[], Awaitable[Said]] | None:
    simple = {
        "none": screening.none,
        "some": screening.some,
        "done": screening.done,
        "agreed": screening.agreed,
        "not_agreed": screening.not_agreed,
    }
    match parts:
        case [word] if word in simple:
            return partial(simple[word], desk, asked)
        case ["turn", code]:
            return partial(screening.turn, desk, asked, code)
        case ["age", band]:
            return partial(screening.age, desk, asked, band)
        case ["part", place]:
            return partial(sparing.tell, desk, asked, place)
        case ["cleared", word]:
            return partial(screening.cleared, desk, asked, word)
    return None


def _delete(desk: Desk, asked: Asked, what: str) -> Callable[[], Awaitable[Said]] | None:
    if what == "no":
        return partial(privacy.stay, desk)
    return partial(privacy.erase, desk, asked, int(what)) if what.isdecimal() else None


def _flag(desk: Desk, asked: Asked, what: str) -> Callable[[], Awaitable[Said]] | None:
    return partial(flags.not_me, desk, asked) if what == "not_me" else partial(flags.wait, desk)


def _broadcast(desk: Desk, asked: Asked, what: str) -> Callable[[], Awaitable[Said]] | None:
    word, _, number = what.partition(":")
    known = word in ("go", "no", "stop") and number.isdecimal()
    if not known or asked.person_id not in desk.admins:
        return None
    return partial(broadcasting.press, desk, asked, word, int(number))


def _ready(desk: Desk, asked: Asked, what: str) -> Callable[[], Awaitable[Said]] | None:
    day, _, tap = what.rpartition(":")
    return partial(lightening.ready, desk, asked, day, tap)


def _offer(desk: Desk, asked: Asked, what: str) -> Callable[[], Awaitable[Said]] | None:
    number, _, word = what.partition(":")
    return partial(offering.answer, desk, asked, int(number), word) if number.isdecimal() else None


def _of_day(desk: Desk, asked: Asked, what: str) -> Callable[[], Awaitable[Said]] | None:
    match what.split(":"):
        case [day, "first" | "rest" as part, "done" | "partly" | "skip" as word]:
            return partial(reporting.of_day, desk, asked, (day, part), word)
        case [day, "first" | "rest" as part, "partly", share] if share.isdecimal():
            return partial(reporting.of_day, desk, asked, (day, part), share)
    return None


def _rating(
    desk: Desk, asked: Asked, report: int, field: str, value: str
) -> Callable[[], Awaitable[Said]] | None:
    if field == "where":
        return partial(rating.where, desk, asked, report, value)
    if field == "reason":
        return partial(reporting.because, desk, asked, report, value)
    known = value.isdecimal()
    return partial(rating.rate, desk, asked, report, field, int(value)) if known else None


def _pain(desk: Desk, asked: Asked, what: str) -> Callable[[], Awaitable[Said]] | None:
    word, _, value = what.partition(":")
    if word == "seen":
        return partial(hurting.seen, desk, asked, value)
    known = word == "none" or any(word == sign.value for sign in desk.content.books.pain.signs)
    return partial(hurting.sign, desk, asked, word) if known else None


_CONFIRMED = {
    "flag": _flag,
    "del": _delete,
    "b": _broadcast,
    "pain": _pain,
    "ready": _ready,
    "offer": _offer,
    "on": _of_day,
}


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


def _consent(desk: Desk, asked: Asked, parts: list[str]) -> Callable[[], Awaitable[Said]] | None:
    match parts:
        case ["yes" | "no" as word, *then]:
            return partial(after_consent.answered, desk, asked, word, ":".join(then))
    return None


_ASKING = {"q": _sign_up, "s": _screening, "c": _consent}


async def _question(desk: Desk, step: str) -> Message:
    return settings.question(desk, step)


async def _share(desk: Desk) -> Message:
    words = desk.texts.render("share_button")
    return replace(desk.say("share_location"), ask_location=words)
