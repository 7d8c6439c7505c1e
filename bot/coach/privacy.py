"""What is stored about a person: said, handed out, deleted, and forgotten in time."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

from bot.coach import overview, progress
from bot.coach.desk import Asked, Desk
from bot.domain.messages import Message
from bot.domain.retention import KEEPING
from bot.storage.archive import Records
from bot.texts import Texts

SURE_SECONDS = 600


async def privacy(desk: Desk, asked: Asked) -> Message:
    """What is stored, why, for how long, and where."""
    del asked
    return desk.say(
        "privacy",
        gaps=KEEPING.gaps.days,
        pushes=KEEPING.pushes.days,
        talk=int((KEEPING.talk + KEEPING.looked_at).total_seconds() // 60),
        backups=KEEPING.backups.days,
    )


async def export(desk: Desk, asked: Asked) -> Message:
    """All of it as one zip: JSON for machines, a page and the charts for the person."""
    async with desk.database.reading() as unit:
        records = await unit.archive.of(asked.person_id)
    if not records:
        return desk.say("nothing_stored")
    content = _zipped(desk.texts, records, await _charts(desk, asked, records), asked.now)
    name = f"coach-{asked.now.date().isoformat()}.zip"
    return replace(desk.say("export/caption"), document=(name, content))


async def delete(desk: Desk, asked: Asked) -> Message:
    """Nothing yet: a button asks whether it is meant, and counts for ten minutes."""
    return desk.say("delete/ask", stamp=int(asked.now.timestamp()))


async def erase(desk: Desk, asked: Asked, asked_at: int) -> Message:
    """Everything about the person is gone from every table, and from the files behind."""
    if not 0 <= asked.now.timestamp() - asked_at <= SURE_SECONDS:
        return desk.say("too_late")
    async with desk.effect(asked) as unit:
        await unit.people.delete(asked.person_id)
    await desk.database.scrub()
    return replace(desk.say("delete/done", backups=KEEPING.backups.days), instead=True)


async def stay(desk: Desk) -> Message:
    return replace(desk.say("delete/stay"), instead=True)


async def forget_old(desk: Desk, now: datetime) -> None:
    """What has been kept for long enough goes, by the numbers of `domain/retention`."""
    async with desk.database.writing() as unit:
        await unit.gaps.prune(now - KEEPING.gaps)
        await unit.updates.prune(now - KEEPING.updates)
        await unit.talk.prune(now - KEEPING.talk)
        await unit.dialogues.prune(now)
        await unit.changes.prune(now - KEEPING.changes)
        await unit.pushes.prune((now - KEEPING.pushes).astimezone(UTC).date())


async def _charts(desk: Desk, asked: Asked, records: Records) -> dict[str, bytes]:
    """The pictures of /plan and /progress; none of someone who has not signed up."""
    if "people" not in records:
        return {}
    whole = replace(asked, words="")
    shown = {
        "plan.png": (await overview.plan(desk, whole)).picture,
        "progress.png": (await progress.show(desk, whole)).picture,
    }
    return {name: picture.png for name, picture in shown.items() if picture is not None}


def _zipped(texts: Texts, records: Records, charts: dict[str, bytes], now: datetime) -> bytes:
    page = texts.render("export/page", day=now, records=records, charts=list(charts))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        words = json.dumps(records, ensure_ascii=False, indent=2, sort_keys=True)
        packed.writestr("everything.json", words)
        packed.writestr("everything.html", page)
        for name, png in charts.items():
            packed.writestr(name, png)
    return file.getvalue()
