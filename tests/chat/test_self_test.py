"""The leg-strength self-test: told, typed in, compared, offered in its weeks and at no bad hour."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo.people import Person
from bot.domain.person import AgeBand, Screening
from bot.domain.selftest import Result
from tests.house import House, house


async def ready(bot: House, **changes: object) -> Person:
    """Someone past the health questions, who was asked about keeping health answers."""
    person = await bot.signed_up()
    await bot.settled()
    async with bot.app.desk.database.writing() as unit:
        known = await unit.people.get(person.id)
        assert known is not None
        screened = replace(known, screening=Screening.CLEAR, consent=True, consent_at=bot.clock.now)
        await unit.people.save(replace(screened, **changes))  # type: ignore[arg-type]  # of a test
    return person


async def stored(bot: House, person: Person) -> tuple[Result, ...]:
    await bot.settled()
    async with bot.app.desk.database.reading() as unit:
        return await unit.results.of(person.id)


async def enter(bot: House, person: Person, *numbers: str) -> str:
    """All numbers one after the other, "" for Skip; the last words of the bot."""
    said = await bot.ask(person, "/test enter")
    for number in numbers:
        said = await (bot.ask(person, number) if number else bot.press(person, "Skip"))
    return said.text


async def test_the_test_is_explained_with_the_day_that_suits(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await ready(bot)
        said = await bot.ask(ann, "/test")

        assert "Heel raises on one leg" in said.text
        assert "suits" in said.text
        assert "Eight seconds up your hill" not in said.text  # a beginner's from week 9 on


async def test_numbers_are_typed_one_by_one_and_come_back_in_words_and_as_a_chart(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await ready(bot, age=AgeBand.MASTER)
        first = await enter(bot, ann, "18 17", "150", "11,5", "1")
        bot.clock.now += timedelta(days=28)
        said = await enter(bot, ann, "right 20 left 19", "", "10.5", "1")
        post = ann.reads()[-1]
        found = await stored(bot, ann)

        assert "left 18, right 17" in first
        assert "This is where you start from" in first
        assert "left 19, right 20 (before: 18, 17; better)" in said
        assert "10.5 seconds (before: 11.5; better)" in said
        assert "Usual at 50-69: women 19 to 21, men 19 to 23" in said
        assert "Equal or better everywhere" in said
        assert "not stored" not in said
        assert "photo" in post.message
        assert len(said) <= 1024
        assert {r.week for r in found} == {0, 5}


async def test_the_usual_numbers_can_be_those_of_one_sex(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await ready(bot, age=AgeBand.ADULT)
        both = await enter(bot, ann, "25 25", "", "", "")
        one = await bot.press(ann, "Compare with women")

        assert "women 24 to 30, men 28 to 37" in both
        assert ", men 28" not in one.text
        assert "women 24 to 30" in one.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [("21", "two numbers, left and then right"), ("21 190", "looks like a slip")],
)
async def test_what_cannot_be_gets_a_kind_sentence_and_the_question_stays_open(
    tmp_path: Path, typed: str, said: str
) -> None:
    async with house(tmp_path) as bot:
        ann = await ready(bot)
        await bot.ask(ann, "/test enter")
        refused = await bot.ask(ann, typed)
        following = await bot.ask(ann, "21 19")

        assert said in refused.text
        assert "best jump" in following.text


async def test_pain_is_kept_with_consent_alone(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await ready(bot, consent=False, consent_at=None)
        await enter(bot, ann, "21 19", "")
        asked = await bot.ask(ann, "9")
        pain = await bot.press(ann, "Use them once, keep none")
        said = await bot.ask(ann, "4")
        found = await stored(bot, ann)

        assert "May I keep your health answers?" in asked.text
        assert "worst pain" in pain.text
        assert "4 of 10; not stored" in said.text
        assert "leave hard sessions out" in said.text
        assert {r.item for r in found} == {"heel_raises", "chair_stand"}


async def test_without_the_health_questions_nothing_all_out_is_tested(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await bot.signed_up()
        said = await bot.ask(ann, "/test")

        assert "Heel raises" in said.text
        assert "jump" not in said.text


async def test_the_message_of_its_weeks_offers_it_once_and_never_beside_a_hard_session(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as bot:
        ann = await ready(bot)
        offers: dict[int, int] = {}
        start = bot.clock.now
        for days in range(1, 29):
            await bot.to(start + timedelta(days=days))
            text = ann.reads()[-1].text
            if "a week for the self-test" in text:
                offers[days // 7 + 1] = offers.get(days // 7 + 1, 0) + 1
                assert "Hard" not in text
            await bot.ask(ann, "/done 3")

        assert offers == {1: 1, 4: 1}


async def test_who_skips_everything_is_offered_it_once_in_the_first_week(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await ready(bot)
        start = bot.clock.now
        for days in range(1, 15):
            await bot.to(start + timedelta(days=days))
            await bot.ask(ann, "/skip")

        assert sum("a week for the self-test" in post.text for post in ann.reads()) == 1


async def test_what_is_tested_already_is_not_offered_again(tmp_path: Path) -> None:
    async with house(tmp_path) as bot:
        ann = await ready(bot)
        start = bot.clock.now
        bot.clock.now = start + timedelta(days=21)
        await enter(bot, ann, "21 19", "", "", "")
        for days in range(22, 28):
            await bot.to(start + timedelta(days=days))

        assert not any("a week for the self-test" in post.text for post in ann.reads())
