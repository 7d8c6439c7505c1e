"""The peer: a bare echo on stock python-telegram-bot, without a thing stored or computed."""

import asyncio
import json
import sys
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, MessageHandler, filters

from tests.benchmarks.processes import orders, tell


async def echo(update: Update, _context: object) -> None:
    if update.message is not None:
        await update.message.reply_text(update.message.text or "")


async def main(given: dict[str, Any]) -> None:
    url, together = given["url"], int(given["together"])
    builder = ApplicationBuilder().token("1:" + "a" * 35).base_url(url).job_queue(None)
    application = builder.concurrent_updates(together if together > 1 else False).build()
    application.add_handler(MessageHandler(filters.ALL, echo))
    async with application:
        await application.start()
        if application.updater is None:
            raise AssertionError("an application that does not poll")
        await application.updater.start_polling()
        tell()
        async for _ in orders():
            pass
        await application.updater.stop()
        await application.stop()


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
