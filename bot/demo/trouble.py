"""The control API's other half: calls, rates and faults, for tests in other processes."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.demo.calls import CallLog
from bot.demo.control import answered
from bot.demo.faults import Fault, Faults, Trouble
from bot.demo.people import Impossible
from bot.demo.polling import Poller
from bot.demo.rates import Rates
from bot.demo.refusals import Json, Refused
from bot.demo.updates import UpdateQueue
from bot.demo.webhook import Delivery

_PARAMETERS = ("retry_after", "migrate_to_chat_id")


class TroubleDesk:
    """GET /control/calls, /control/state; GET, POST, DELETE /control/faults; /control/rates."""

    def __init__(
        self, log: CallLog, faults: Faults, rates: Rates, state: Callable[[], Json]
    ) -> None:
        self._log = log
        self._faults = faults
        self._rates = rates
        self._state = state

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/control/state", self._show_state, methods=["GET"]),
            Route("/control/calls", self._calls, methods=["GET"]),
            Route("/control/faults", self._list, methods=["GET"]),
            Route("/control/faults", self._order, methods=["POST"]),
            Route("/control/faults", self._lift, methods=["DELETE"]),
            Route("/control/outage", self._outage, methods=["POST"]),
            Route("/control/rates", self._show_rates, methods=["GET"]),
            Route("/control/rates", self._enforce, methods=["POST"]),
        ]

    async def _show_state(self, _request: Request) -> Response:
        return JSONResponse(self._state())

    async def _calls(self, request: Request) -> Response:
        query = request.query_params
        chat = int(query["chat_id"]) if "chat_id" in query else None
        found = self._log.find(query.get("method"), chat, int(query.get("since", 0)))
        return JSONResponse({"calls": [c.as_json() for c in found], "counts": self._log.counts})

    async def _list(self, _request: Request) -> Response:
        faults = [fault.as_json() for fault in self._faults.ordered()]
        return JSONResponse({"faults": faults, "outage": self._faults.out})

    async def _order(self, request: Request) -> Response:
        def order(body: Json) -> Json:
            self._faults.order(_fault(body))
            return {}

        return await answered(request, order)

    async def _lift(self, _request: Request) -> Response:
        self._faults.lift()
        return JSONResponse({})

    async def _outage(self, request: Request) -> Response:
        def begin(_body: Json) -> Json:
            self._faults.outage()
            return {}

        return await answered(request, begin)

    async def _show_rates(self, _request: Request) -> Response:
        return JSONResponse(self._rates.as_json())

    async def _enforce(self, request: Request) -> Response:
        def enforce(body: Json) -> Json:
            known = ("total", "chat_pause", "chat_burst")
            self._rates.enforce(**{name: body[name] for name in known if name in body})
            return {}

        return await answered(request, enforce)


def state_of(updates: UpdateQueue, poller: Poller, delivery: Delivery) -> Json:
    """How updates get to the bot right now."""
    return {
        "pending": len(updates.pending()),
        "expired": updates.expired,
        "polling": poller.waiting,
        "polls": poller.polls,
        "webhook": delivery.hook.url if delivery.hook else None,
        "deliveries": len(delivery.attempts),
    }


def _fault(body: Json) -> Fault:
    trouble = Trouble(body["trouble"])
    refusal = None
    if trouble is Trouble.ERROR:
        parameters = {name: int(body[name]) for name in _PARAMETERS if name in body}
        refusal = Refused(int(body["code"]), str(body.get("text", "Error")), **parameters)
    times = body.get("times", 1)
    if times is not None and (not isinstance(times, int) or times < 1):
        raise Impossible("times: a whole number from 1, or null")
    return Fault(
        trouble,
        body.get("method"),
        body.get("chat_id"),
        times,
        refusal,
        float(body.get("seconds", 0.0)),
        bool(body.get("drop", False)),
    )
