"""getUpdates and the methods about webhooks."""

import re
from urllib.parse import urlsplit

from bot.demo.api import Said
from bot.demo.hosts import is_loopback
from bot.demo.polling import Poller
from bot.demo.refusals import WEBHOOK_IS_SET, Json, Refused, bad_request
from bot.demo.schema import Schema
from bot.demo.updates import UpdateQueue
from bot.demo.webhook import Delivery, Hook

_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_MOST_UPDATES = 100
_MOST_CONNECTIONS = 100
_USUAL_CONNECTIONS = 40


class Receiving:
    """How updates reach the bot: it polls, or it has a webhook; never both."""

    def __init__(
        self, schema: Schema, updates: UpdateQueue, poller: Poller, delivery: Delivery
    ) -> None:
        self._schema = schema
        self._updates = updates
        self._poller = poller
        self._delivery = delivery

    async def get_updates(self, params: Json, _call: int) -> list[Json]:
        if self._delivery.hook is not None:
            raise Refused(409, WEBHOOK_IS_SET)
        self._allow(params)
        limit = min(max(params.get("limit", _MOST_UPDATES), 1), _MOST_UPDATES)
        wait = max(params.get("timeout", 0), 0)
        kept = await self._poller.poll(params.get("offset", 0), limit, wait)
        return [update.as_json() for update in kept]

    async def set_webhook(self, params: Json, call: int) -> Said:
        if not params["url"]:
            return await self.delete_webhook(params, call)
        hook = self._hook(params)
        if hook == self._delivery.hook and not params.get("drop_pending_updates"):
            self._allow(params)
            return Said(True, "Webhook is already set")
        self._allow(params)
        if params.get("drop_pending_updates"):
            self._updates.forget_all()
        self._poller.interrupt()
        await self._delivery.point_at(hook)
        return Said(True, "Webhook was set")

    async def delete_webhook(self, params: Json, _call: int) -> Said:
        if params.get("drop_pending_updates"):
            self._updates.forget_all()
        if self._delivery.hook is None:
            return Said(True, "Webhook is already deleted")
        await self._delivery.point_at(None)
        return Said(True, "Webhook was deleted")

    def webhook_info(self, _params: Json, _call: int) -> Json:
        hook = self._delivery.hook
        info: Json = {
            "url": hook.url if hook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending()),
            "allowed_updates": list(self._updates.allowed),
        }
        if hook:
            info |= {"max_connections": hook.max_connections, "ip_address": "127.0.0.1"}
        if hook and self._delivery.last_error:
            at, words = self._delivery.last_error
            info |= {"last_error_date": at, "last_error_message": words}
        return info

    def _hook(self, params: Json) -> Hook:
        parts = urlsplit(params["url"])
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise bad_request("invalid webhook URL specified")
        if not is_loopback(parts.netloc):
            raise bad_request("bad webhook: the stand-in calls addresses of this machine only")
        secret = params.get("secret_token", "")
        if not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        most = params.get("max_connections", _USUAL_CONNECTIONS)
        return Hook(params["url"], secret, min(max(most, 1), _MOST_CONNECTIONS))

    def _allow(self, params: Json) -> None:
        kinds = params.get("allowed_updates")
        for kind in kinds or ():
            if kind not in self._schema.updates:
                raise bad_request(f'Unknown update type "{kind}" in allowed_updates')
        self._updates.allow(kinds)
