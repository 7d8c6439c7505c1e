"""One call of the Bot API, from its raw parameters to its answer, troubles included."""

import asyncio
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.demo.bell import Bell
from bot.demo.calls import Call, CallLog
from bot.demo.faults import Fault, Faults, Trouble
from bot.demo.files import Upload
from bot.demo.rates import Rates
from bot.demo.refusals import Json, Refused
from bot.demo.schema import Schema
from bot.demo.updates import Clock
from bot.demo.validation import Given, check
from bot.demo.waiting import Gone, HungUp, unless_gone

Method = Callable[[Json, int], Any]

_NOT_BY_WEBHOOK = ("setWebhook", "deleteWebhook", "close", "logOut")


@dataclass(frozen=True, slots=True)
class Said:
    """A result with the sentence that Telegram adds to it."""

    result: object
    description: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back. `cut`: nothing does, the connection is closed."""

    status: int
    body: Json
    cut: bool = False


CUT = Answer(0, {}, cut=True)


@dataclass(frozen=True, slots=True)
class Books:
    """Where a call is written down, and what may go wrong with it."""

    log: CallLog
    faults: Faults
    rates: Rates


class Api:
    """`methods` by their names in the schema."""

    def __init__(
        self, schema: Schema, methods: Mapping[str, Method], books: Books, clock: Clock, bell: Bell
    ) -> None:
        self._schema = schema
        self._methods = methods
        self._books = books
        self._clock = clock
        self._bell = bell

    def now(self) -> datetime:
        """The date that each answer bears."""
        return self._clock()

    async def call(self, name: str, given: Given, gone: Gone) -> Answer:
        """Carry out one call; `gone` returns when the caller has hung up."""
        method = self._schema.method(name)
        number = self._books.log.next_number()
        if self._books.faults.out:
            self._keep(number, method or name, given.values, {}, "refused")
            return CUT
        if method is None:
            refusal = Refused(404, "Not Found: method not found")
            self._keep(number, name, given.values, refusal.body(), "answered")
            return Answer(404, refusal.body())
        fault = self._books.faults.take(method, _chat(given.values))
        if fault and fault.trouble is Trouble.REFUSE:
            self._keep(number, method, given.values, {}, "refused")
            return CUT
        return await self._carry_out(number, method, given, (fault, gone))

    def perform(self, call: Json) -> None:
        """A call in the answer to a webhook: carried out, its result is not told to anyone."""
        values = {k: v for k, v in call.items() if k != "method"}
        method = self._schema.method(call["method"])
        if method is None or method.startswith("get") or method in _NOT_BY_WEBHOOK:
            return
        number = self._books.log.next_number()
        try:
            params = check(self._schema, method, Given(values))
            body = {"ok": True, "result": self._methods[method](params, number)}
        except Refused as refusal:
            params, body = values, refusal.body()
        self._keep(number, method, params, body, "answered")

    async def _carry_out(
        self, number: int, method: str, given: Given, trouble: tuple[Fault | None, Gone]
    ) -> Answer:
        fault, gone = trouble
        params: Mapping[str, Any] = given.values
        try:
            if fault and fault.refusal:
                raise fault.refusal
            params = check(self._schema, method, given)
            now = asyncio.get_running_loop().time()
            self._books.rates.count(method, params.get("chat_id"), now)
            result = await self._result(method, params, number, gone)
            answer = Answer(200, _body(result))
        except Refused as refusal:
            answer = Answer(refusal.code, refusal.body())
        except HungUp:
            return CUT
        self._keep(number, method, params, answer.body, _fate(fault))
        return await _troubled(answer, fault, gone)

    async def _result(self, method: str, params: Json, number: int, gone: Gone) -> Any:
        result = self._methods[method](params, number)
        if not inspect.isawaitable(result):
            return result
        return await unless_gone(result, gone)

    def _keep(
        self, number: int, method: str, params: Mapping[str, Any], body: Json, fate: str
    ) -> None:
        now = asyncio.get_running_loop().time()
        shown = {name: _shown(value) for name, value in params.items()}
        revision = self._bell.revision + 1
        call = Call(number, method, shown, self._clock(), now, body, fate, revision)
        self._books.log.keep(call)
        self._bell.ring()


async def _troubled(answer: Answer, fault: Fault | None, gone: Gone) -> Answer:
    """The answer, late or never where that was ordered; it has been carried out by now."""
    if fault is None or fault.trouble is Trouble.ERROR:
        return answer
    if fault.trouble is Trouble.LOSE:
        return CUT
    try:
        await unless_gone(asyncio.sleep(fault.seconds), gone)
    except HungUp:
        return CUT
    return CUT if fault.drop else answer


def _fate(fault: Fault | None) -> str:
    if fault is None or fault.trouble is Trouble.ERROR:
        return "answered"
    return "lost" if fault.trouble is Trouble.LOSE or fault.drop else "late"


def _body(result: Any) -> Json:
    if isinstance(result, Said):
        return {"ok": True, "result": result.result, "description": result.description}
    return {"ok": True, "result": result}


def _chat(values: Mapping[str, Any]) -> int | None:
    try:
        return int(values["chat_id"])
    except (KeyError, TypeError, ValueError):
        return None


def _shown(value: Any) -> Any:
    """A parameter as the log keeps it: a file by its name and size."""
    if isinstance(value, Upload):
        return {"file": value.name, "bytes": len(value.content)}
    if isinstance(value, list):
        return [_shown(item) for item in value]
    if isinstance(value, dict):
        return {key: _shown(item) for key, item in value.items()}
    return value
