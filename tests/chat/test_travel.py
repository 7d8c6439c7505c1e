"""A trip with its last day: the clock there, then home again; what people see and the rows hold."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from bot.demo.people import Person
from tests.house import START, House, house

TOKYO = "/timezone Asia/Tokyo until 26 November"
REFUSED = {
    "/timezone Tokyo until 2026-11-01": "has passed",
    "/timezone Tokyo until 20 November": "has passed",
    "/timezone Tokyo until 3 May 2029": "more than a year",
    "/timezone Tokyo until whenever": "cannot read",
    "/timezone Qqqxyz until 3 May": "do not know the place",
}


async def rows(bot: House, wanted: str) -> list[tuple[object, ...]]:
    async with bot.app.desk.database.linked(writing=False) as link:
        return [tuple(row) for row in await link.rows(text(wanted))]


async def pushes(bot: House) -> list[tuple[str, str]]:
    """Date and instant of each push that went out."""
    found = await rows(bot, "SELECT local_date, due FROM pushes WHERE state = 'sent' ORDER BY due")
    return [(str(day), str(due)[:16]) for day, due in found]


async def a_new_yorker(bot: House) -> Person:
    ann = await bot.signed_up()
    for words in ("/timezone America/New_York", "/days all"):
        await bot.ask(ann, words)
    return ann


async def test_messages_come_by_the_clock_of_the_trip_and_then_by_that_of_home(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await a_new_yorker(bot)
        said = await bot.ask(ann, TOKYO)
        settings = await bot.ask(ann, "/settings")
        when = await bot.ask(ann, "/when")
        for hours in (23, 24, 24, 31):  # a little after each message
            await bot.later(hours=hours)
        later = await bot.ask(ann, "/settings")
        stored = await rows(bot, "SELECT zone, away_zone, away_until FROM people")

        assert "Until Thu 26 Nov your messages come by the clock there" in said.text
        assert "America/New_York" in said.text
        assert "Asia/Tokyo (15:58 now), until Thu 26 Nov; then America/New_York" in settings.text
        assert "until Thu 26 Nov, then America/New_York" in when.text
        assert await pushes(bot) == [
            ("2026-11-24", "2026-11-23 22:00"),
            ("2026-11-25", "2026-11-24 22:00"),
            ("2026-11-26", "2026-11-25 22:00"),
            ("2026-11-27", "2026-11-27 12:00"),
        ]
        assert "Zone: America/New_York" in later.text
        assert "Tokyo" not in later.text
        assert stored == [("America/New_York", None, None)]


async def test_a_trip_that_cannot_be_read_leaves_everything_as_it_was(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/timezone Berlin")
        before = await rows(bot, "SELECT * FROM people")
        heard = {words: (await bot.ask(ann, words)).text for words in REFUSED}

        assert [words for words, said in heard.items() if REFUSED[words] not in said] == []
        assert await rows(bot, "SELECT * FROM people") == before


async def test_plain_words_do_the_same(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/timezone Berlin")
        said = await bot.ask(ann, "I'm in Tokyo until 3 December")

        assert "Until Thu 3 Dec" in said.text
        assert await rows(bot, "SELECT zone, away_zone, away_until FROM people") == [
            ("Europe/Berlin", "Asia/Tokyo", "2026-12-03")
        ]


async def test_undo_brings_the_home_clock_back_and_a_new_zone_ends_the_trip(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/timezone Berlin")
        await bot.ask(ann, TOKYO)
        undone = await bot.ask(ann, "/undo")
        back = await bot.ask(ann, "/settings")
        await bot.ask(ann, TOKYO)
        await bot.quiet(ann)
        ann.shares_location(27.7172, 85.324)
        await ann.hears()
        moved = await rows(bot, "SELECT zone, away_zone, away_until FROM people")

        assert "time zone" in undone.text
        assert "Zone: Europe/Berlin (07:58 now)\n" in back.text
        assert moved == [("Asia/Kathmandu", None, None)]


async def test_a_trip_before_home_is_known_says_so(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        said = await bot.ask(ann, TOKYO)

        assert "I do not know your home zone yet" in said.text
        assert await rows(bot, "SELECT zone, away_zone FROM people") == [("Asia/Tokyo", None)]


async def test_which_place_is_meant_is_asked_with_the_last_day_kept(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/timezone Berlin")
        which = await bot.ask(ann, "/timezone Portland until 3 December")
        chosen = await bot.press(ann, str(which.buttons[0][0]["text"]))

        assert "Until Thu 3 Dec" in chosen.text


async def test_who_lands_after_the_days_time_gets_its_message_at_once_and_once(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await a_new_yorker(bot)
        await bot.to(datetime(2026, 11, 24, 11, 0, tzinfo=UTC))  # six o'clock in New York
        said = await bot.ask(ann, TOKYO)
        await bot.later(minutes=1)
        await bot.hours(12)

        assert "Today's message comes at once" in said.text
        assert [day for day, _ in await pushes(bot)] == ["2026-11-24", "2026-11-25"]


async def test_the_series_of_the_plan_does_not_move_for_a_trip(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "/timezone Berlin")
        before = await rows(bot, "SELECT local_date, data FROM plan_days ORDER BY local_date")
        await bot.ask(ann, TOKYO)
        after = await rows(bot, "SELECT local_date, data FROM plan_days ORDER BY local_date")

        assert before == after
        assert date.fromisoformat(str(before[0][0])) == START.date()
        assert START.date() + timedelta(days=6) == date.fromisoformat(str(before[-1][0]))
