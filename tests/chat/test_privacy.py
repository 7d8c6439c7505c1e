"""What is stored is said, handed out and deleted: the whole file is searched afterwards."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

from bot.coach.asking import Context
from bot.coach.privacy import forget_old
from bot.demo.people import Person
from tests.house import House, house

WORDS = "shinbonefracture"


def stored(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("coach.db*"))


def modes(folder: Path) -> set[int]:
    return {file.stat().st_mode & 0o777 for file in folder.glob("coach.db*")}


async def a_life(bot: House) -> Person:
    """Someone who has told and done a little of everything."""
    ann = await bot.signed_up("Annabella")
    await bot.ask(ann, "/days all")
    await bot.ask(ann, f"what about {WORDS} and my purple unicorn elephant")
    await bot.ask(ann, "should I replace leg day?")
    await bot.later(days=1)
    await bot.ask(ann, "/done 5")
    await bot.later(days=1)
    await bot.ask(ann, f"/skip {WORDS}")
    await bot.ask(ann, "/test enter")
    await bot.ask(ann, "73 71")
    return ann


async def test_delete_leaves_nothing_of_the_person_in_the_whole_database(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_life(bot)
        before = stored(tmp_path)
        await bot.ask(ann, "/delete")
        await bot.quiet(ann)
        post = next(post for post in reversed(ann.reads()) if post.buttons)
        ann.presses(post, "Delete everything")
        await bot.settled()
        said = ann.reads()[-1].text
        settings = await bot.ask(ann, "/settings")
        after = stored(tmp_path)

    assert b"Annabella" in before
    assert "nothing about you is stored" in said
    assert "/start" in settings.text
    for trace in (b"Annabella", WORDS.encode(), b"unicorn", *_forms(ann.id)):
        assert trace not in after


def _forms(person_id: int) -> tuple[bytes, ...]:
    """The id as text, and as SQLite writes it into a row: as few bytes as hold it."""
    length = next(n for n in (1, 2, 3, 4, 6, 8) if person_id < 1 << (8 * n - 1))
    return str(person_id).encode(), person_id.to_bytes(length, "big")


async def test_delete_asks_first_and_an_old_button_does_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/delete")
        bot.clock.now += timedelta(minutes=11)
        late = await bot.press(ann, "Delete everything")
        await bot.ask(ann, "/delete")
        await bot.quiet(ann)
        post = next(post for post in reversed(ann.reads()) if post.buttons)
        ann.presses(post, "Keep it")
        await bot.settled()

        assert "had its day" in late.text
        assert "Level" in (await bot.ask(ann, "/settings")).text


async def test_export_holds_everything_as_json_and_as_a_page(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_life(bot)
        post = await bot.ask(ann, "/export")
        file = bot.tg.world.files.get(post.message["document"]["file_id"])
        packed = zipfile.ZipFile(io.BytesIO(file.upload.content))
        records = json.loads(packed.read("everything.json"))
        page = packed.read("everything.html").decode()

    assert records["people"][0]["name"] == "Annabella"
    assert records["people"][0]["days"] == [0, 1, 2, 3, 4, 5, 6]
    assert {"people", "reports", "pushes", "talk"} <= set(records)
    assert [row["value"] for row in records["results"]] == [73.0, 71.0]
    assert "<td>Annabella</td>" in page
    assert "<td>every day</td>" in page
    assert page.count("<h2>") == len(records)
    assert "<script" not in page
    assert 'src="plan.png"' in page
    for chart in ("plan.png", "progress.png"):
        assert packed.read(chart).startswith(b"\x89PNG")


async def test_privacy_is_told_to_anyone_and_stores_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ben = bot.tg.people.add("Benedetto")
        said = await bot.ask(ben, "/privacy")
        none = await bot.ask(ben, "/export")
        found = stored(tmp_path)

    assert "no clinician has reviewed" in said.text
    assert "Nothing is stored" in none.text
    assert b"Benedetto" not in found


async def test_what_is_old_is_forgotten(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await a_life(bot)
        await forget_old(bot.app.desk, bot.clock.now + timedelta(days=91))
        async with bot.app.desk.database.reading() as unit:
            records = await unit.archive.of(ann.id)
            gaps = await unit.gaps.count()

    assert gaps == 0
    assert set(records) == {"people", "reports", "results", "standings", "plan_days"}


async def test_the_database_belongs_to_its_owner_alone(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        await bot.signed_up()
        found = modes(tmp_path)

    assert found == {0o600}


async def test_what_somebody_asks_in_words_of_their_own_is_not_kept_in_memory(
    tmp_path: Path,
) -> None:
    own, known = (
        "my shins ache a bit since the hills, are hills ok for me",
        "are hill sprints good for leg strength?",
    )
    async with house(tmp_path) as bot:
        bob, eve = bot.tg.people.add("Bob"), bot.tg.people.add("Eve")
        first = await bot.ask(eve, known)
        await bot.ask(bob, own)
        again = await bot.ask(bot.tg.people.add("Fay"), known)
        replies = bot.app.desk.content.drawer.replies

        assert again.text == first.text
        assert replies.get(known, Context()) is not None
        assert replies.get(own, Context()) is None
