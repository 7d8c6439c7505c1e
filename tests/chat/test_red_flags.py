"""Red flags from the outside: wherever one is said it comes first, and what follows it."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.demo.people import Person
from tests.house import House, house

TOMORROW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)  # seven in Berlin
NEXT_DAY = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
TYPED = (
    "/ask I have chest pain",
    "/skip chest pain",
    "/done 9 my chest hurts",
    "/pain 6 chest",
    "/easier my left arm went heavy and I feel sick",
    "/snooze tomorrow, I fainted on the stairs",
    "/nosuchcommand I can't breathe",
    "skip today, i have chest pain",
)


@pytest.mark.parametrize("words", TYPED)
async def test_a_flag_in_a_commands_words_comes_before_the_command(
    tmp_path: Path, words: str
) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        alarm = await bot.ask(ann, words)
        training = await bot.ask(ann, "how often should I do hill sprints?")

        assert _is_alarm(alarm.text)
        assert "still open" in training.text


@pytest.mark.parametrize("days", ["tue thu sat", "Thu Sat Sun", "monday thursday", "fri, sat, sun"])
async def test_a_list_of_days_is_no_sign_of_anything(tmp_path: Path, days: str) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        chosen = (await bot.ask(ann, f"/days {days}")).text
        typed = (await bot.ask(ann, days)).text

        assert chosen.startswith("Your days: ")
        assert not _is_alarm(typed)


async def test_a_caption_and_an_edit_are_read_too(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann, ben = await bot.signed_up("Ann"), await bot.signed_up("Ben")
        ann.sends_photo(_picture(), caption="my calf is swollen, red and hot")
        below = await ann.hears()
        await bot.quiet(ben)
        post = ben.says("my legs are tired")
        await ben.hears()
        ben.edits(post, "my legs are tired and i passed out on the track")
        edited = await ben.hears()

        assert "clot" in below.text
        assert "Fainting" in edited.text or "Passing out" in edited.text


async def test_in_a_group_a_flag_is_answered_where_the_bot_is_addressed(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        group = bot.tg.groups.make("Runners", ann.account)
        ann.says("/ask can I run with chest pain?", chat=group)
        asked = await ann.hears(chat=group)
        name = bot.app.bot.username
        ann.says(f"/skip@{name} chest pain", chat=group)
        command = await ann.hears(chat=group)
        ann.says("i think i'm having a stroke", chat=group, reply_to=command.message_id)
        answer = await ann.hears(chat=group)

        assert all(_is_alarm(post.text) for post in (asked, command, answer))


async def test_an_urgent_flag_says_the_countrys_number_where_the_zone_is_certain(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann, ben = await bot.signed_up("Ann"), await bot.signed_up("Ben")
        await bot.ask(ann, "/timezone America/Chicago")
        here = await bot.ask(ann, "I have crushing chest pain")
        sad = await bot.ask(ann, "I want to kill myself")
        nowhere = await bot.ask(ben, "I want to kill myself")

        assert "911" in here.text
        assert "999" not in here.text
        assert "988" in sad.text
        assert "your local emergency number" in nowhere.text
        assert "findahelpline.com" in nowhere.text


@pytest.mark.parametrize("words", ["my husband hits me", "i throw up after every meal"])
async def test_on_the_persons_day_one_short_line_asks_how_it_went(
    tmp_path: Path, words: str
) -> None:
    async with house(tmp_path) as bot:
        ann = await _in_berlin(bot)
        await bot.ask(ann, words)
        heard = len(ann.reads())
        await bot.to(TOMORROW)
        (line,) = ann.reads()[heard:]

        assert "/cleared" in line.text
        assert len(line.text) < 200


async def test_after_talk_of_self_harm_nothing_comes_unasked(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await _in_berlin(bot)
        said = await bot.ask(ann, "i don't want to be here any more")
        heard = len(ann.reads())
        await bot.to(TOMORROW)
        await bot.to(NEXT_DAY)

        assert "Telefon" in said.text
        assert len(ann.reads()) == heard


async def test_a_graver_flag_takes_the_place_of_a_lesser_one_and_not_the_other_way_round(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "my knee keeps giving way")
        await bot.ask(ann, "crushing chest pain and i am sweating")
        await bot.ask(ann, "my knee keeps giving way")
        again = await bot.ask(ann, "how often should I do hill sprints?")

        assert again.text.startswith("Chest pain")


async def test_while_a_flag_is_open_what_is_no_answer_meets_it_too(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "crushing chest pain and i am sweating")
        swim = await bot.ask(ann, "can i go for a swim instead?")
        session = await bot.ask(ann, "what is my session today")
        thanks = await bot.ask(ann, "thank you")

        assert "still open" in swim.text
        assert "still open" in session.text
        assert thanks.text.startswith("I am here.")


async def test_nothing_asked_while_a_flag_is_open_is_kept_among_the_gaps(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "who won the election in France?")
        await bot.ask(ann, "crushing chest pain and i am sweating")
        await bot.ask(ann, "which stocks should I buy?")
        await bot.settled()
        async with bot.app.desk.database.reading() as unit:
            gaps = await unit.gaps.latest(5)

        assert len(gaps) == 1
        assert "stocks" not in gaps[0].text


async def test_a_false_alarm_is_counted(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        await bot.ask(ann, "my chest hurts")
        await bot.press(ann, "This was not about me")
        async with bot.app.desk.database.reading() as unit:
            counts = await unit.meta.counts("answers.")

        assert counts["not_about_me"] == 1


async def _in_berlin(bot: House) -> Person:
    ann = await bot.signed_up()
    await bot.ask(ann, "/timezone Europe/Berlin")
    await bot.ask(ann, "/days all")
    await bot.quiet(ann)
    return ann


def _picture() -> bytes:
    written = BytesIO()
    Image.new("RGB", (64, 64), "white").save(written, "PNG")
    return written.getvalue()


def _is_alarm(text: str) -> bool:
    return "No doctor has reviewed these words" in text


# What shares its words with a flag, each beside the earnest of it.
ALIKE_AND_EARNEST = (
    ("no chest pain or anything like that, just tired", "chest pain, never felt like this before"),
    (
        "internet blacked out in the middle of my session",
        "I blacked out in the middle of my session",
    ),
    ("I nearly passed out when I saw the plan", "I nearly passed out on the last hill"),
    ("the council operated on my hill last week", "they operated on my knee last week"),
    ("doctor banned my boss from running", "doctor banned me from running"),
    ("should I lock my knees at the top of squats?", "my knee locks when I stand up"),
)


async def test_a_look_alike_is_no_flag_where_the_same_words_in_earnest_are(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        for number, (alike, earnest) in enumerate(ALIKE_AND_EARNEST):
            ann = await bot.signed_up(f"Ann {number}")
            assert not _is_alarm((await bot.ask(ann, alike)).text), alike
            assert _is_alarm((await bot.ask(ann, earnest)).text), earnest
